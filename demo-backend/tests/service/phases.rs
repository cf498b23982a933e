//! The roll-out: each phase has its spans and no other, and switched off again it is as before.

use std::collections::BTreeSet;

use observed_tests::receiver::Receiver;
use serde_json::json;

use super::support::{Demo, body};

const KEY: &str = "operator";
const PHASES: [(&str, &[&str]); 3] = [
    (
        "gates",
        &[
            "gate_action",
            "gate_caller",
            "gate_context",
            "gate_evaluation",
            "gate_payload",
            "gate_rate_limit",
            "gate_time_window",
        ],
    ),
    (
        "pipeline",
        &[
            "agentic_action",
            "append_audit_line",
            "audit_result",
            "compute_digests",
            "enforce_limits",
            "execute_action",
            "resolve_executor",
            "route_action",
            "validate_action",
        ],
    ),
    ("executors", &["test_executor_v1"]),
];

/// The names of the spans that one request leaves.
async fn picture(demo: &Demo, receiver: &Receiver) -> BTreeSet<String> {
    let before = receiver.spans().len();
    let answer = demo.process(&body("summarize_text")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    loop {
        let spans = &demo.health().await["spans"];
        if spans["pending"] == 0 && spans["open"] == 0 && spans["exported"] == spans["started"] {
            let arrived = receiver.spans();
            return arrived[before..]
                .iter()
                .map(|span| span.name.clone())
                .collect();
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

async fn switch(demo: &Demo, scope: &str, on: bool) {
    let request = demo.put("/admin/tracing", &json!({ "scopes": { scope: on } }));
    let answer = request.header("x-admin-key", KEY).send().await.unwrap();
    assert_eq!(answer.status(), 200);
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_phase_has_its_spans_and_switched_off_again_it_is_as_before() {
    let receiver = Receiver::grpc();
    let endpoint = receiver.endpoint();
    let demo = Demo::start(&[
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_BSP_SCHEDULE_DELAY", "10"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint),
        ("DEMO_ADMIN_KEY", KEY),
    ]);
    let entry = names(&["process_action"]);
    assert_eq!(picture(&demo, &receiver).await, entry);
    for (scope, spans) in PHASES {
        switch(&demo, scope, true).await;
        let with = picture(&demo, &receiver).await;
        assert_eq!(
            with,
            entry.union(&names(spans)).cloned().collect(),
            "{scope}"
        );
        switch(&demo, scope, false).await;
        assert_eq!(picture(&demo, &receiver).await, entry, "{scope} off again");
    }
    for (scope, _) in PHASES {
        switch(&demo, scope, true).await;
    }
    let all = PHASES.iter().flat_map(|(_, spans)| names(spans));
    assert_eq!(
        picture(&demo, &receiver).await,
        entry.into_iter().chain(all).collect()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phase_is_switched_on_by_its_variable() {
    let receiver = Receiver::grpc();
    let endpoint = receiver.endpoint();
    let demo = Demo::start(&[
        ("TRACING_ENABLED", "1"),
        ("OBSERVED_PIPELINE_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_BSP_SCHEDULE_DELAY", "10"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint),
    ]);
    let picture = picture(&demo, &receiver).await;
    assert!(picture.contains("agentic_action") && !picture.contains("gate_evaluation"));
    assert!(!picture.contains("test_executor_v1"));
}
