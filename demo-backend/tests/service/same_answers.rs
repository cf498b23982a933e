//! Tracing on or off, the same requests give the same answers (R4, R6).

use crate::support::{Demo, body};
use observed_tests::receiver::Receiver;

/// Requests that pass every gate, every step and every executor.
fn requests() -> Vec<String> {
    let mut requests: Vec<String> = [
        "summarize_text",
        "always_fail",
        "no_such_action",
        "slow_report",
    ]
    .into_iter()
    .map(body)
    .collect();
    requests.push(body("summarize_text").replace("ctx-production", "ctx-archived"));
    requests.push(body("summarize_text").replace("\"text\"", "\"other\""));
    requests.push(body("summarize_text").replace("one two", &"x".repeat(20_000)));
    requests.push("{\"action\":".to_owned());
    requests
}

/// Every answer as bytes, its trace id blanked, with the headers that are not times.
async fn answers(demo: &Demo) -> Vec<(u16, Vec<(String, String)>, String)> {
    let mut answers = Vec::new();
    for request in requests() {
        let answer = demo.process(&request).send().await.unwrap();
        let status = answer.status().as_u16();
        let headers = answer
            .headers()
            .iter()
            .filter(|(name, _)| *name != "date" && *name != "x-request-id")
            .map(|(name, value)| (name.to_string(), format!("{value:?}")))
            .collect();
        answers.push((
            status,
            headers,
            without_trace_id(&answer.text().await.unwrap()),
        ));
    }
    answers
}

/// Blanks the 32 hexadecimal digits after `"trace_id":"`.
fn without_trace_id(body: &str) -> String {
    const BEFORE: &str = "\"trace_id\":\"";
    let Some(at) = body.find(BEFORE).map(|at| at + BEFORE.len()) else {
        return body.to_owned();
    };
    let (id, rest) = body[at..].split_at(32);
    assert!(
        id.bytes().all(|byte| byte.is_ascii_hexdigit()) && id != "0".repeat(32),
        "{body}"
    );
    format!("{}{rest}", &body[..at])
}

#[tokio::test]
async fn answers_are_byte_identical_with_tracing_unset_and_no_span_leaves() {
    let receiver = Receiver::grpc();
    let endpoint = receiver.endpoint();
    let mut off = Demo::start(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]);
    let without = answers(&off).await;
    off.stop_cleanly();
    assert_eq!(receiver.spans(), []);

    let mut on = Demo::traced("grpc", &endpoint);
    let with = answers(&on).await;
    on.stop_cleanly();
    assert!(!receiver.spans().is_empty());
    assert_eq!(without, with);
    let statuses: Vec<u16> = with.iter().map(|(status, ..)| *status).collect();
    assert_eq!(statuses, [200, 502, 403, 200, 403, 422, 413, 400]);
}

#[tokio::test]
async fn the_trace_id_is_the_callers_with_tracing_off() {
    let demo = Demo::start(&[]);
    let traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let request = demo
        .process(&body("summarize_text"))
        .header("traceparent", traceparent);
    let answer: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["trace_id"], "0af7651916cd43dd8448eb211c80319c");
}
