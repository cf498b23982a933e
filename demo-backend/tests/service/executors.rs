//! What each executor's request leaves as a trace, across threads and across two services.

use std::fmt::Write;
use std::time::Duration;

use observed_tests::receiver::{Received, Receiver};
use serde_json::{Value, json};

use super::support::{Demo, EVERYTHING, body};

/// The trace as indented names; what failed has a mark, what is another service's its own root.
fn shape(spans: &[Received]) -> String {
    let mut text = String::new();
    let mut roots: Vec<&Received> = spans
        .iter()
        .filter(|span| !spans.iter().any(|parent| parent.span_id == span.parent_id))
        .collect();
    roots.sort_by_key(|span| span.start);
    for root in roots {
        branch(spans, root, 0, &mut text);
    }
    text
}

fn branch(spans: &[Received], span: &Received, depth: usize, text: &mut String) {
    let failed = if span.status == 2 { " FAILED" } else { "" };
    let client = if span.kind == 3 { " client" } else { "" };
    let _ = writeln!(
        text,
        "{:width$}{}{client}{failed}",
        "",
        span.name,
        width = depth * 2
    );
    let mut children: Vec<&Received> = spans
        .iter()
        .filter(|child| child.parent_id == span.span_id)
        .collect();
    // Those that run at the same time have no order of their own.
    children.sort_by(|a, b| {
        (a.start / 1_000_000_000, &a.name, a.start).cmp(&(
            b.start / 1_000_000_000,
            &b.name,
            b.start,
        ))
    });
    for child in children {
        branch(spans, child, depth + 1, text);
    }
}

/// Only what is below the executor: the gates and the steps before it are in `end_to_end`.
fn below_execution(shape: &str) -> String {
    let lines = shape.lines().skip_while(|line| {
        line.trim_start() != "execute_action" && line.trim_start() != "execute_action FAILED"
    });
    let lines: Vec<&str> = lines.collect();
    let depth = |line: &str| line.len() - line.trim_start().len();
    let first = depth(lines[0]);
    let inside = lines.iter().skip(1).take_while(|line| depth(line) > first);
    inside.fold(String::new(), |text, line| text + &line[first + 2..] + "\n")
}

fn demo(endpoint: &str, own: &[(&str, &str)]) -> Demo {
    let exporting = [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)];
    Demo::start(&[&EVERYTHING[..], &exporting, own].concat())
}

fn request(action: &str, payload: &Value) -> String {
    json!({ "action": action, "context_id": "ctx-production", "payload": payload }).to_string()
}

async fn trace_of(
    payload: &Value,
    action: &str,
    status: u16,
    own: &[(&str, &str)],
) -> (Vec<Received>, String) {
    let receiver = Receiver::grpc();
    let mut demo = demo(&receiver.endpoint(), own);
    let answer = demo
        .process(&request(action, payload))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), status);
    demo.stop_cleanly();
    let spans = receiver.spans();
    let below = below_execution(&shape(&spans));
    (spans, below)
}

const STEPS: [&str; 2] = ["summarize_text", "slow_report"];

#[tokio::test]
async fn combined_actions_are_children_one_after_the_other_and_at_the_same_time() {
    for mode in ["sequential", "parallel"] {
        let steps = STEPS.map(
            |action| json!({ "action": action, "payload": { "text": "a b", "milliseconds": 5 } }),
        );
        let payload = json!({ "mode": mode, "steps": steps });
        let (_, below) = trace_of(&payload, "combine", 200, &[]).await;
        assert_eq!(
            below, "composite_executor_v1\n  slow_executor_v1\n  test_executor_v1\n",
            "{mode}"
        );
    }
}

#[tokio::test]
async fn a_combined_action_that_fails_ends_the_others() {
    let steps = json!([{ "action": "always_fail" }, { "action": "summarize_text", "payload": { "text": "a" } }]);
    let (_, below) = trace_of(&json!({ "steps": steps }), "combine", 502, &[]).await;
    assert_eq!(
        below,
        "composite_executor_v1 FAILED\n  failing_executor_v1 FAILED\n"
    );
    for wrong in [
        json!([]),
        json!([{ "action": "combine", "payload": { "steps": [] } }]),
        json!("no list"),
    ] {
        let (_, below) = trace_of(&json!({ "steps": wrong }), "combine", 502, &[]).await;
        assert_eq!(below, "composite_executor_v1 FAILED\n");
    }
}

#[tokio::test]
async fn a_completion_has_its_model_and_tokens_and_never_its_text() {
    let secret = "what the person asked";
    let (spans, below) = trace_of(&json!({ "prompt": secret }), "complete_text", 200, &[]).await;
    assert_eq!(
        below,
        "llm_executor_v1\n  llm_execution\n    openai_api_call client\n    validate_response\n"
    );
    let call = spans
        .iter()
        .find(|span| span.name == "openai_api_call")
        .unwrap();
    let attributes: Vec<String> = call
        .attributes
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    assert_eq!(
        attributes,
        [
            "gen_ai.operation.name=string:chat",
            "gen_ai.provider.name=string:openai",
            "gen_ai.request.model=string:demo-1",
            "gen_ai.usage.input_tokens=int:4",
            "gen_ai.usage.output_tokens=int:5",
            "http.response.status_code=int:200",
        ]
    );
    assert!(!format!("{spans:?}").contains("person"));
}

#[tokio::test]
async fn a_completion_service_that_fails_is_tried_three_times_and_one_that_is_slow_or_talks_nonsense_once()
 {
    let timeout = [("DEMO_ACTION_TIMEOUT_MS", "500")];
    let call = "    openai_api_call client FAILED\n";
    for (model, calls, status) in [
        ("demo-fails", 3, 502),
        ("demo-nonsense", 1, 502),
        ("demo-slow", 1, 504),
    ] {
        let payload = json!({ "prompt": "p", "model": model });
        let (_, below) = trace_of(&payload, "complete_text", status, &timeout).await;
        let expected = format!(
            "llm_executor_v1 FAILED\n  llm_execution FAILED\n{}",
            call.repeat(calls)
        );
        assert_eq!(below, expected, "{model}");
    }
}

#[tokio::test]
async fn a_forwarded_action_is_one_trace_in_two_processes() {
    let receiver = Receiver::grpc();
    let endpoint = receiver.endpoint();
    let mut behind = demo(&endpoint, &[("OTEL_SERVICE_NAME", "behind")]);
    let url = behind.url.clone();
    let mut front = demo(
        &endpoint,
        &[("DEMO_REMOTE_URL", &url), ("DEMO_REMOTE_KEY", "test-key")],
    );
    let inner: Value = serde_json::from_str(&body("summarize_text")).unwrap();
    let payload = json!({ "action": "summarize_text", "payload": inner["payload"] });
    let answer = front
        .process(&request("forward", &payload))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["result"]["words"], 3);
    front.stop_cleanly();
    behind.stop_cleanly();
    let spans = receiver.spans();
    assert!(
        spans
            .iter()
            .all(|span| span.trace_id == answer["trace_id"].as_str().unwrap())
    );
    let below = below_execution(&shape(&spans));
    assert!(
        below.starts_with(
            "remote_executor_v1\n  remote_call client\n    process_action\n      agentic_action\n"
        ),
        "{below}"
    );
    let services: std::collections::BTreeSet<&str> =
        spans.iter().map(|span| span.service.as_str()).collect();
    assert_eq!(
        services.into_iter().collect::<Vec<_>>(),
        ["behind", "techno-os-backend"]
    );
}

#[tokio::test]
async fn a_service_behind_that_is_not_there_or_not_configured_is_an_error_of_the_executor() {
    let payload = json!({ "action": "summarize_text", "payload": {} });
    for (own, below) in [
        (&[][..], "remote_executor_v1 FAILED\n"),
        (
            &[("DEMO_REMOTE_URL", "http://127.0.0.1:9")],
            "remote_executor_v1 FAILED\n  remote_call client FAILED\n",
        ),
    ] {
        assert_eq!(trace_of(&payload, "forward", 502, own).await.1, below);
    }
}

#[tokio::test]
async fn at_the_deadline_an_executor_is_told_that_nobody_waits() {
    let receiver = Receiver::grpc();
    let mut demo = demo(&receiver.endpoint(), &[("DEMO_ACTION_TIMEOUT_MS", "100")]);
    let begin = std::time::Instant::now();
    let answer = demo
        .process(&request("slow_report", &json!({ "milliseconds": 9_000 })))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 504);
    demo.stop_cleanly();
    assert!(
        begin.elapsed() < Duration::from_secs(8),
        "it went on for nobody"
    );
    let slow = receiver
        .spans()
        .into_iter()
        .find(|span| span.name == "slow_executor_v1")
        .unwrap();
    assert_eq!(slow.status, 2);
}
