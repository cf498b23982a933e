//! R16: an operator sees the whole status and switches tracing while the service runs.

use reqwest::RequestBuilder;
use serde_json::{Value, json};

use super::support::{Demo, body};

const KEY: &str = "operator";

fn demo() -> Demo {
    Demo::start(&[
        ("DEMO_ADMIN_KEY", KEY),
        ("OBSERVED_GATES_ENABLED", "1"),
        ("OBSERVED_PIPELINE_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_TRACES_EXPORTER", "none"),
    ])
}

async fn json_of(request: RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_switches_tracing_on_and_off_again() {
    let demo = demo();
    let started = || async {
        json_of(demo.get("/admin/tracing").header("x-admin-key", KEY))
            .await
            .1["spans"]["started"]
            .clone()
    };
    demo.process(&body("summarize_text")).send().await.unwrap();
    assert_eq!(started().await, 0);
    let switch = |on: bool| {
        json_of(
            demo.put("/admin/tracing", &json!({ "enabled": on }))
                .header("x-admin-key", KEY),
        )
    };
    let (status, shown) = switch(true).await;
    assert_eq!(
        (status, &shown["state"], &shown["worker"]),
        (200, &json!("enabled"), &json!("exporting"))
    );
    demo.process(&body("summarize_text")).send().await.unwrap();
    let recorded = started().await;
    assert!(recorded.as_u64().unwrap() > 10, "{recorded}");
    assert_eq!(switch(false).await.1["state"], "disabled");
    demo.process(&body("summarize_text")).send().await.unwrap();
    assert_eq!(started().await, recorded);
}

#[tokio::test(flavor = "multi_thread")]
async fn scopes_are_switched_by_name() {
    let demo = demo();
    let change = json!({ "enabled": true, "scopes": { "pipeline": true } });
    let (status, shown) = json_of(
        demo.put("/admin/tracing", &change)
            .header("x-admin-key", KEY),
    )
    .await;
    assert_eq!(
        (status, &shown["switched"]),
        (200, &json!({ "pipeline": true }))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_gets_in_and_a_wrong_body_is_told() {
    let demo = demo();
    for request in [
        demo.get("/admin/tracing"),
        demo.get("/admin/tracing").header("x-admin-key", "test-key"),
        demo.get("/admin/tracing").header("x-admin-key", ""),
        demo.put("/admin/tracing", &json!({ "enabled": true })),
    ] {
        let (status, answer) = json_of(request).await;
        assert_eq!((status, &answer["error"]), (401, &json!("admin_key")));
    }
    let wrong = demo
        .put("/admin/tracing", &json!({ "on": true }))
        .header("x-admin-key", KEY);
    assert_eq!(json_of(wrong).await.0, 400);
    let list = demo
        .put("/admin/tracing", &json!([null]))
        .header("x-admin-key", KEY);
    assert_eq!(json_of(list).await.0, 400);
    let without = Demo::start(&[]);
    let (status, _) = json_of(without.get("/admin/tracing").header("x-admin-key", "")).await;
    assert_eq!(status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_operator_switches_is_logged_and_audited_and_only_scopes_that_exist_are_taken() {
    let mut demo = demo();
    let put = |scopes: Value| {
        let body = json!({ "enabled": true, "scopes": scopes });
        json_of(demo.put("/admin/tracing", &body).header("x-admin-key", KEY))
    };
    let (status, answer) = put(json!({ "gates": false, "no_such_scope": true })).await;
    assert_eq!(status, 400);
    let message = answer["message"].as_str().unwrap();
    assert!(message.contains("gates, pipeline, executors"), "{message}");
    assert!(!message.contains("no_such_scope"), "{message}");
    assert_eq!(demo.audit_lines().len(), 0, "nothing was switched");
    assert_eq!(put(json!({ "gates": false })).await.0, 200);
    demo.stop_cleanly();
    let lines = demo.audit_lines();
    let switched: Vec<_> = lines
        .iter()
        .map(|line| {
            (
                line["outcome"].as_str(),
                line["what"].as_str(),
                line["on"].as_bool(),
            )
        })
        .collect();
    let switched_now = Some("switched");
    let expected = [
        (switched_now, Some("tracing"), Some(true)),
        (switched_now, Some("gates"), Some(false)),
    ];
    assert_eq!(switched, expected, "{lines:?}");
    let _ = demo
        .service
        .wait_for("an operator switched gates off; it is off");
}
