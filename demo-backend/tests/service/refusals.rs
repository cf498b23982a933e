//! What a client is told whose request cannot be read or run: what is wrong, and never what it sent.

use serde_json::Value;

use super::support::Demo;

const SECRET: &str = "planted-secret";

/// Bodies, and what is said of each.
const BODIES: [(&str, &str); 8] = [
    ("nonsense planted-secret", "does not begin with `{`"),
    ("", "the body is empty"),
    (
        r#"{"action": planted-secret}"#,
        "not JSON from line 1, column 12",
    ),
    (
        r#"{"action":"planted-secret","payload":{}}"#,
        "the field `context_id` is missing",
    ),
    (
        r#"{"context_id":"a","payload":{}}"#,
        "the field `action` is missing",
    ),
    (
        r#"{"action":"a","context_id":"a"}"#,
        "the field `payload` is missing",
    ),
    (
        r#"{"action":["planted-secret"],"context_id":"a","payload":1}"#,
        "`action` is not a text",
    ),
    (
        r#"{"action":"a","context_id":"a","payload":1,"planted-secret":1}"#,
        "another field",
    ),
];

/// Actions with payloads, and what is said of each.
const PAYLOADS: [(&str, &str, &str); 11] = [
    ("summarize_text", "{}", "needs the field `text`"),
    (
        "summarize_text",
        r#"{"text":["planted-secret"]}"#,
        "`text` must be a text",
    ),
    (
        "forward",
        r#"{"payload":"planted-secret"}"#,
        "needs the field `action`",
    ),
    (
        "forward",
        r#"{"action":"summarize_text"}"#,
        "DEMO_REMOTE_URL",
    ),
    ("combine", "{}", "needs the field `steps`"),
    (
        "combine",
        r#"{"steps":"planted-secret"}"#,
        "a list of 1 to 8 steps",
    ),
    (
        "combine",
        r#"{"steps":[{"action":"summarize_text","payload":{"planted-secret":1}}]}"#,
        "lacks the field `text`",
    ),
    (
        "combine",
        r#"{"steps":["planted-secret"]}"#,
        "a step must be",
    ),
    (
        "complete_text",
        r#"{"prompt":"a","model":"planted-secret"}"#,
        "`model` must be one of demo-1, demo-slow",
    ),
    (
        "complete_text",
        r#"{"prompt":"planted-secret","model":"demo-fails"}"#,
        "the completion service is not available",
    ),
    (
        "always_fail",
        r#"{"text":"planted-secret"}"#,
        "this action always fails",
    ),
];

#[tokio::test]
async fn every_refusal_says_what_is_wrong_and_never_what_was_sent() {
    let demo = Demo::start(&[]);
    let bodies = BODIES.map(|(body, said)| (body.to_owned(), said));
    let payloads = PAYLOADS.map(|(action, payload, said)| {
        let body =
            format!(r#"{{"action":"{action}","context_id":"ctx-production","payload":{payload}}}"#);
        (body, said)
    });
    for (sent, said) in bodies.into_iter().chain(payloads) {
        let answer = demo.process(&sent).send().await.unwrap();
        let answer = answer.text().await.unwrap();
        let read: Value = serde_json::from_str(&answer).unwrap();
        let message = read["message"].as_str().unwrap();
        assert!(message.contains(said), "{sent}: {message}");
        assert!(!answer.contains(SECRET), "{sent}: {answer}");
    }
    assert!(!demo.service.log().contains(SECRET));
}
