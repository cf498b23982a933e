//! Who may do what: the gates go by the rules file, and what they count outlives a restart.

use std::path::Path;

use observed_tests::receiver::Receiver;
use serde_json::{Value, json};

use super::support::{Demo, EVERYTHING, Folder, body};

const RULES: &str = r#"
[[profiles]]
name = "operations"
api_key = "test-key"

[[profiles]]
name = "partner"
api_key = "partner-key"
actions = ["summarize_text", "combine", "forward"]
contexts = ["ctx-production"]
payload = { max_bytes = 200, forbidden_fields = ["secret"] }

[[profiles]]
name = "limited"
api_key = "limited-key"
rate_per_minute = 3

[[profiles]]
name = "often"
api_key = "often-key"
rate_per_minute = 30

[[profiles]]
name = "never"
api_key = "never-key"
window = { from = "00:00", to = "24:00", days = ["DAY"] }
"#;

fn with_rules(folder: &Folder) -> Demo {
    let rules = folder.write("rules.toml", &RULES.replace("DAY", three_days_from_now()));
    let database = folder.path("answers.redb");
    Demo::start(&[
        ("DEMO_RULES", rules.to_str().unwrap()),
        ("DEMO_DATABASE", database.to_str().unwrap()),
    ])
}

/// A day on which no test runs: today, by UTC, is neither this nor the one before or after.
fn three_days_from_now() -> &'static str {
    const DAYS: [&str; 7] = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"];
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    DAYS[((since.unwrap().as_secs() / 86_400 + 3) % 7) as usize]
}

async fn asked(demo: &Demo, key: &str, body: &str) -> (u16, String) {
    let request = demo.process_with(key, body).send().await.unwrap();
    let (status, answer): (u16, Value) = (request.status().as_u16(), request.json().await.unwrap());
    let reason = format!("{}/{}", answer["gate"], answer["reason"]).replace('"', "");
    (status, reason)
}

#[tokio::test]
async fn a_profile_does_what_it_may_and_nothing_else() {
    let folder = Folder::new();
    let demo = with_rules(&folder);
    let with = |payload: Value| {
        json!({ "action": "summarize_text", "context_id": "ctx-production", "payload": payload })
            .to_string()
    };
    let combine = |step: &str| {
        let steps = json!([{ "action": step, "payload": { "text": "a b" } }]);
        json!({ "action": "combine", "context_id": "ctx-production", "payload": { "steps": steps } })
            .to_string()
    };
    let forward = |there: &str| {
        let payload = json!({ "action": there, "payload": {} });
        json!({ "action": "forward", "context_id": "ctx-production", "payload": payload })
            .to_string()
    };
    for (key, body, expected) in [
        ("test-key", body("always_fail"), (502, "null/null")),
        ("partner-key", body("summarize_text"), (200, "null/null")),
        (
            "partner-key",
            body("always_fail"),
            (403, "action/not_allowed"),
        ),
        ("partner-key", combine("summarize_text"), (200, "null/null")),
        (
            "partner-key",
            forward("always_fail"),
            (403, "action/not_allowed_there"),
        ),
        ("partner-key", forward("summarize_text"), (502, "null/null")),
        (
            "partner-key",
            combine("always_fail"),
            (403, "action/step_not_allowed"),
        ),
        (
            "partner-key",
            with(json!({ "text": "x", "secret": 1 })),
            (403, "payload/policy"),
        ),
        (
            "partner-key",
            with(json!({ "text": "x".repeat(300) })),
            (403, "payload/policy"),
        ),
        (
            "never-key",
            body("summarize_text"),
            (403, "time_window/closed"),
        ),
        ("other-key", body("summarize_text"), (403, "caller/api_key")),
    ] {
        let (status, reason) = asked(&demo, key, &body).await;
        assert_eq!((status, reason.as_str()), expected, "{key} {body}");
    }
}

#[tokio::test]
async fn a_minutes_requests_are_counted_over_a_restart() {
    let folder = Folder::new();
    let mut demo = with_rules(&folder);
    let mut denied = 0;
    for _ in 0..8 {
        denied += u32::from(asked(&demo, "limited-key", &body("summarize_text")).await.0 == 429);
    }
    // One comes back after twenty seconds.
    assert!((4..=5).contains(&denied), "{denied}");
    demo.stop_cleanly();
    let demo = with_rules(&folder);
    let mut again = Vec::new();
    for _ in 0..8 {
        let request = demo.process_with("limited-key", &body("summarize_text"));
        let answer = request.send().await.unwrap();
        if answer.status() == 429 {
            let seconds = answer.headers()["retry-after"].to_str().unwrap();
            assert!(
                (1..=20).contains(&seconds.parse::<u8>().unwrap()),
                "{seconds}"
            );
        }
        again.push(answer.status().as_u16());
    }
    assert!(
        again.iter().filter(|status| **status == 200).count() <= 2,
        "{again:?}"
    );
    assert!(again.contains(&429), "{again:?}");
}

#[tokio::test]
async fn a_limit_that_is_used_up_opens_again_bit_by_bit() {
    let folder = Folder::new();
    let demo = with_rules(&folder);
    let ask = async || asked(&demo, "often-key", &body("summarize_text")).await.0;
    while ask().await == 200 {}
    // Not at the end of a minute: one comes back after two seconds.
    tokio::time::sleep(std::time::Duration::from_millis(2_300)).await;
    assert_eq!((ask().await, ask().await), (200, 429));
}

#[tokio::test]
async fn each_action_of_a_request_is_one_of_the_limit() {
    let folder = Folder::new();
    let demo = with_rules(&folder);
    let step = json!({ "action": "summarize_text", "payload": { "text": "a" } });
    let combine = |steps: usize| {
        let payload = json!({ "steps": vec![step.clone(); steps] });
        json!({ "action": "combine", "context_id": "ctx-production", "payload": payload })
            .to_string()
    };
    for (steps, expected) in [
        (3, (429, "rate_limit/more_than_a_minute_has")),
        (2, (200, "null/null")),
        (2, (429, "rate_limit/exceeded")),
    ] {
        let (status, reason) = asked(&demo, "limited-key", &combine(steps)).await;
        assert_eq!((status, reason.as_str()), expected, "{steps} steps");
    }
}

#[tokio::test]
async fn a_key_runs_a_request_once_also_over_a_restart() {
    let folder = Folder::new();
    let mut demo = with_rules(&folder);
    let sent = body("summarize_text");
    let with_key =
        |demo: &Demo, body: &str| demo.process(body).header("idempotency-key", "k-1").send();
    let first = with_key(&demo, &sent).await.unwrap().text().await.unwrap();
    let lines = demo.audit_lines().len();
    demo.stop_cleanly();

    let demo = with_rules(&folder);
    let again = with_key(&demo, &sent).await.unwrap();
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(again.text().await.unwrap(), first);
    assert_eq!(
        (lines, demo.audit_lines().len()),
        (1, 0),
        "nothing ran again"
    );
    let other = with_key(&demo, &sent.replace("one two", "three"))
        .await
        .unwrap();
    assert_eq!(other.status(), 422);
    assert_eq!(other.json::<Value>().await.unwrap()["error"], "key_reused");
}

#[tokio::test]
async fn an_answer_that_has_expired_is_not_given_again() {
    let demo = Demo::start(&[("DEMO_IDEMPOTENCY_EXPIRY_S", "1")]);
    let ask = async || {
        let request = demo.process(&body("summarize_text"));
        let answer = request.header("idempotency-key", "k").send().await.unwrap();
        answer.json::<Value>().await.unwrap()["trace_id"].clone()
    };
    let first = ask().await;
    for _ in 0..100 {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        if ask().await != first {
            return;
        }
    }
    panic!("the answer of a second ago is given again after ten");
}

#[tokio::test]
async fn of_requests_with_one_key_at_the_same_time_one_runs() {
    let folder = Folder::new();
    let demo = with_rules(&folder);
    let sent: Vec<_> = (0..8)
        .map(|_| {
            tokio::spawn(
                demo.process(&body("slow_report"))
                    .header("idempotency-key", "k-2")
                    .send(),
            )
        })
        .collect();
    let mut statuses = Vec::new();
    for request in sent {
        statuses.push(request.await.unwrap().unwrap().status().as_u16());
    }
    statuses.sort_unstable();
    // One that arrives when the first is done gets its answer.
    assert!(
        statuses.iter().all(|status| [200, 409].contains(status)),
        "{statuses:?}"
    );
    assert!(
        statuses.contains(&200) && statuses.contains(&409),
        "{statuses:?}"
    );
    assert_eq!(demo.audit_lines().len(), 1);
}

#[tokio::test]
async fn rules_that_are_wrong_are_refused_at_the_start() {
    let folder = Folder::new();
    let wrong = RULES
        .replace("rate_per_minute", "rate")
        .replace("DAY", "mon");
    let rules = folder.write("wrong.toml", &wrong);
    let refused = start_with(&rules);
    assert!(refused.contains("unknown field `rate`"), "{refused}");
    assert!(!refused.contains("limited-key"), "{refused}");
}

fn start_with(rules: &Path) -> String {
    let mut command = super::support::command();
    command.args([
        "--listen",
        "127.0.0.1:0",
        "--audit-log",
        "/dev/null",
        "--rules",
    ]);
    let output = command.arg(rules).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
async fn what_was_forwarded_is_not_forwarded_again() {
    let folder = Folder::new();
    let demo = with_rules(&folder);
    let forward = json!({ "action": "forward", "context_id": "ctx-production", "payload": { "action": "forward" } });
    let request = demo
        .process(&forward.to_string())
        .header("x-demo-forwarded", "1");
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["reason"], "forwarded_twice");
}

#[tokio::test]
async fn a_request_that_was_interrupted_is_not_run_again_by_its_key() {
    let folder = Folder::new();
    let demo = with_rules(&folder);
    let sent = demo
        .process(&body("slow_report"))
        .header("idempotency-key", "k-3")
        .send();
    let sent = tokio::spawn(sent);
    tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    demo.service.kill();
    assert!(sent.await.unwrap().is_err());
    drop(demo);
    let demo = with_rules(&folder);
    let again = demo
        .process(&body("slow_report"))
        .header("idempotency-key", "k-3");
    let answer = again.send().await.unwrap();
    assert_eq!(answer.status(), 409);
    assert_eq!(
        answer.json::<Value>().await.unwrap()["error"],
        "interrupted"
    );
}

/// A request in a request, over and over: each list is one nesting, the outermost action first.
fn nested(way: &[&str]) -> Value {
    let (outermost, inner) = way.split_first().unwrap();
    match *outermost {
        "combine" => json!({ "action": "combine", "payload": { "steps": [nested(inner)] } }),
        "forward" => json!({ "action": "forward", "payload": nested(inner) }),
        leaf => json!({ "action": leaf, "payload": { "text": "a b", "milliseconds": 1 } }),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_nesting_gets_a_caller_an_action_that_it_may_not_ask_for_on_any_service() {
    let folder = Folder::new();
    let receiver = Receiver::grpc();
    let endpoint = receiver.endpoint();
    let exporting = [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str())];
    let mut behind = Demo::start(&[&EVERYTHING[..], &exporting].concat());
    let rules = folder.write("rules.toml", &RULES.replace("DAY", three_days_from_now()));
    let own = [
        ("DEMO_RULES", rules.to_str().unwrap()),
        ("DEMO_REMOTE_URL", &behind.url),
        ("DEMO_REMOTE_KEY", "test-key"),
    ];
    let mut front = Demo::start(&[&EVERYTHING[..], &exporting, &own].concat());
    for way in [
        &["combine"][..],
        &["forward"],
        &["forward", "combine"],
        &["combine", "forward"],
        &["combine", "forward", "combine"],
        &["forward", "combine", "forward", "combine"],
    ] {
        for leaf in ["summarize_text", "slow_report", "always_fail"] {
            let mut request = nested(&[way, &[leaf]].concat());
            request["context_id"] = "ctx-production".into();
            let (status, reason) = asked(&front, "partner-key", &request.to_string()).await;
            let once = way.iter().filter(|action| **action == "forward").count() < 2;
            let expected = if leaf == "summarize_text" && once {
                200
            } else {
                403
            };
            assert_eq!(status, expected, "{way:?} {leaf}: {reason}");
        }
    }
    front.stop_cleanly();
    behind.stop_cleanly();
    let ran = |name: &str| {
        receiver
            .spans()
            .iter()
            .filter(|span| span.name == name)
            .count()
    };
    assert_eq!(
        (ran("slow_executor_v1"), ran("failing_executor_v1")),
        (0, 0)
    );
    assert_eq!(ran("test_executor_v1"), 5);
}
