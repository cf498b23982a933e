//! The service as a process, its spans over real OTLP into a receiver of the test's own (R19, R20).

use std::collections::BTreeSet;
use std::time::Duration;

use crate::support::{Demo, EVERYTHING, body};
use observed_tests::receiver::{Received, Receiver};

const TRACEPARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const TRACE_ID: &str = "0af7651916cd43dd8448eb211c80319c";

/// What one allowed request must leave: each span with its parent, in no particular order.
const ALLOWED: &[(&str, &str)] = &[
    ("process_action", ""),
    ("gate_evaluation", "process_action"),
    ("gate_caller", "gate_evaluation"),
    ("gate_time_window", "gate_evaluation"),
    ("gate_action", "gate_evaluation"),
    ("gate_context", "gate_evaluation"),
    ("gate_payload", "gate_evaluation"),
    ("gate_rate_limit", "gate_evaluation"),
    ("agentic_action", "process_action"),
    ("route_action", "agentic_action"),
    ("compute_digests", "agentic_action"),
    ("validate_action", "agentic_action"),
    ("resolve_executor", "agentic_action"),
    ("enforce_limits", "agentic_action"),
    ("execute_action", "agentic_action"),
    ("test_executor_v1", "execute_action"),
    ("audit_result", "agentic_action"),
    ("append_audit_line", "audit_result"),
];

#[tokio::test]
async fn an_allowed_request_arrives_whole_over_grpc() {
    an_allowed_request_arrives_whole("grpc", Receiver::grpc()).await;
}

#[tokio::test]
async fn an_allowed_request_arrives_whole_over_http_protobuf() {
    an_allowed_request_arrives_whole("http/protobuf", Receiver::http()).await;
}

async fn an_allowed_request_arrives_whole(protocol: &str, receiver: Receiver) {
    let mut demo = Demo::traced(protocol, &receiver.endpoint());
    let request = demo
        .process(&body("summarize_text"))
        .header("traceparent", TRACEPARENT);
    let answer: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["trace_id"], TRACE_ID);
    assert_eq!(answer["status"], "ok");
    demo.stop_cleanly();

    let spans = receiver.spans();
    let names: BTreeSet<(&str, &str)> = spans
        .iter()
        .map(|span| (span.name.as_str(), parent_name(&spans, span)))
        .collect();
    assert_eq!(names, ALLOWED.iter().copied().collect::<BTreeSet<_>>());
    assert_eq!(spans.len(), ALLOWED.len());
    for span in &spans {
        assert_eq!(span.service, "techno-os-backend");
        assert_eq!(span.trace_id, TRACE_ID);
        assert_eq!(
            (span.status, span.status_message.as_str()),
            (0, ""),
            "{}",
            span.name
        );
        assert_eq!(
            span.kind,
            if span.name == "process_action" { 2 } else { 1 },
            "{}",
            span.name
        );
        assert!(span.start <= span.end, "{}", span.name);
    }
    assert_attributes(&spans);
    assert_children_lie_inside_their_parents(&spans);
}

fn assert_attributes(spans: &[Received]) {
    let trace_id = format!("string:{TRACE_ID}");
    let expected: &[(&str, &[(&str, &str)])] = &[
        (
            "process_action",
            &[
                ("trace_id", &trace_id),
                ("action", "string:summarize_text"),
                ("context_id", "string:ctx-production"),
            ],
        ),
        (
            "agentic_action",
            &[
                ("trace_id", &trace_id),
                ("action", "string:summarize_text"),
                ("executor_id", "string:test_executor_v1"),
                ("executor_version", "int:1"),
            ],
        ),
        ("gate_caller", &[("gate", "string:caller")]),
        ("gate_action", &[("gate", "string:action")]),
        ("gate_context", &[("gate", "string:context")]),
        ("gate_payload", &[("gate", "string:payload")]),
        (
            "test_executor_v1",
            &[("executor", "string:test_executor_v1")],
        ),
        (
            "execute_action",
            &[
                ("executor_id", "string:test_executor_v1"),
                ("timeout", "double:2"),
            ],
        ),
        ("gate_evaluation", &[("decision", "string:allow")]),
    ];
    for (name, attributes) in expected {
        let span = spans.iter().find(|span| span.name == *name).unwrap();
        let received: Vec<(&str, &str)> = span
            .attributes
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        let mut attributes = attributes.to_vec();
        attributes.sort_unstable();
        assert_eq!(received, attributes, "{name}");
    }
}

fn assert_children_lie_inside_their_parents(spans: &[Received]) {
    for span in spans {
        if let Some(parent) = spans.iter().find(|parent| parent.span_id == span.parent_id) {
            assert!(
                parent.start <= span.start && span.end <= parent.end,
                "{}",
                span.name
            );
        }
    }
}

#[tokio::test]
async fn the_remote_parent_is_the_root_spans_parent() {
    let receiver = Receiver::grpc();
    let mut demo = Demo::traced("grpc", &receiver.endpoint());
    demo.process(&body("summarize_text"))
        .header("traceparent", TRACEPARENT)
        .send()
        .await
        .unwrap();
    demo.stop_cleanly();
    let spans = receiver.spans();
    let root = spans
        .iter()
        .find(|span| span.name == "process_action")
        .unwrap();
    assert_eq!(root.parent_id, "b7ad6b7169203331");
}

#[tokio::test]
async fn a_caller_that_does_not_sample_is_honoured() {
    let receiver = Receiver::grpc();
    let mut demo = Demo::traced("grpc", &receiver.endpoint());
    let unsampled = TRACEPARENT.replace("-01", "-00");
    let answer = demo
        .process(&body("summarize_text"))
        .header("traceparent", unsampled)
        .send()
        .await;
    assert_eq!(answer.unwrap().status(), 200);
    demo.stop_cleanly();
    assert_eq!(receiver.spans(), []);
}

#[tokio::test]
async fn a_failure_is_an_error_status_without_its_text() {
    let receiver = Receiver::grpc();
    let mut demo = Demo::traced("grpc", &receiver.endpoint());
    let answer = demo.process(&body("always_fail")).send().await.unwrap();
    assert_eq!(answer.status(), 502);
    demo.stop_cleanly();
    let spans = receiver.spans();
    let failed: BTreeSet<&str> = spans
        .iter()
        .filter(|span| span.status == 2)
        .map(|span| span.name.as_str())
        .collect();
    let expected = [
        "process_action",
        "agentic_action",
        "execute_action",
        "failing_executor_v1",
    ];
    assert_eq!(failed, BTreeSet::from(expected));
    let executor = spans
        .iter()
        .find(|span| span.name == "failing_executor_v1")
        .unwrap();
    assert_eq!(
        executor.attributes["error.type"],
        "string:demo_backend::executors::ExecutorError"
    );
    assert_eq!(executor.status_message, "");
    assert!(
        !contains(&receiver.bytes(), b"planted-secret"),
        "the error's text has left"
    );
}

#[tokio::test]
async fn nothing_is_lost_between_the_health_page_and_the_receiver() {
    let receiver = Receiver::grpc();
    let mut demo = Demo::traced("grpc", &receiver.endpoint());
    for action in ["summarize_text", "always_fail", "no_such_action"].repeat(20) {
        demo.process(&body(action)).send().await.unwrap();
    }
    let health = demo.health().await;
    assert_eq!(health["status"], "ok");
    assert_eq!(health["tracing_enabled"], true);
    assert_eq!(health["spans"]["dropped"], 0);
    demo.stop_cleanly();
    assert_eq!(
        receiver.spans().len() as u64,
        health["spans"]["started"].as_u64().unwrap()
    );
}

#[tokio::test]
async fn a_request_in_flight_finishes_and_its_spans_leave_when_the_service_is_told_to_stop() {
    let receiver = Receiver::grpc();
    let mut demo = Demo::traced("grpc", &receiver.endpoint());
    let slow = demo.process(&body("slow_report")).send();
    let slow = tokio::spawn(slow);
    tokio::time::sleep(Duration::from_millis(150)).await;
    demo.stop_cleanly();
    assert_eq!(slow.await.unwrap().unwrap().status(), 200);
    assert!(
        receiver
            .spans()
            .iter()
            .any(|span| span.name == "slow_executor_v1")
    );
}

/// The parent's name among `spans`; empty for a parent in another service.
fn parent_name<'a>(spans: &'a [Received], span: &Received) -> &'a str {
    spans
        .iter()
        .find(|parent| parent.span_id == span.parent_id)
        .map_or("", |parent| &parent.name)
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

#[tokio::test]
async fn an_action_that_outlives_its_request_leaves_its_span_before_the_service_ends() {
    let receiver = Receiver::grpc();
    let endpoint = receiver.endpoint();
    let own = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str()),
        ("DEMO_ACTION_TIMEOUT_MS", "50"),
    ];
    let mut demo = Demo::start(&[&EVERYTHING[..], &own].concat());
    assert_eq!(
        demo.process(&body("slow_report"))
            .send()
            .await
            .unwrap()
            .status(),
        504
    );
    demo.stop_cleanly();
    assert!(
        receiver
            .spans()
            .iter()
            .any(|span| span.name == "slow_executor_v1")
    );
    assert!(
        !demo.service.log().contains("had not ended"),
        "{}",
        demo.service.log()
    );
}
