//! What Prometheus scrapes: for operators, with the format's content type, and no word of what clients send.

use super::support::{Demo, EVERYTHING, body};

const KEY: &str = "operator";

fn demo() -> Demo {
    let settings = [("DEMO_ADMIN_KEY", KEY), ("OTEL_TRACES_EXPORTER", "none")];
    Demo::start(&[&EVERYTHING[..], &settings].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_is_served_by_either_form_of_the_operators_key() {
    let demo = demo();
    demo.process(&body("summarize_text")).send().await.unwrap();
    for (header, value) in [
        ("x-admin-key", KEY.to_owned()),
        ("authorization", format!("Bearer {KEY}")),
        ("authorization", format!("bearer {KEY}")),
    ] {
        let request = demo.get("/metrics").header(header, value);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let expected = "text/plain; version=0.0.4; charset=utf-8";
        assert_eq!(answer.headers()["content-type"], expected);
        let text = answer.text().await.unwrap();
        let started =
            "otel_sdk_span_started_total{otel_span_sampling_result=\"RECORD_AND_SAMPLE\"} ";
        let (_, rest) = text.split_once(started).unwrap();
        let started: u64 = rest.lines().next().unwrap().parse().unwrap();
        assert!(started > 10, "{text}");
        assert!(!text.contains("summarize_text"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_scrapes_it_and_without_a_key_it_is_not_there() {
    let demo = demo();
    for (header, value) in [
        ("x-other", "operator"),
        ("x-admin-key", "test-key"),
        ("authorization", "Bearer test-key"),
        ("authorization", "Bearer "),
        ("authorization", "Digest operator"),
        ("authorization", "operator"),
    ] {
        let request = demo.get("/metrics").header(header, value);
        let status = request.send().await.unwrap().status();
        assert_eq!(status, 401, "{header}: {value}");
    }
    let both = demo.get("/metrics").header("x-admin-key", "wrong");
    let both = both.header("authorization", format!("Bearer {KEY}"));
    assert_eq!(both.send().await.unwrap().status(), 401);
    let without = Demo::start(&[]);
    let request = without.get("/metrics").header("authorization", "Bearer ");
    assert_eq!(request.send().await.unwrap().status(), 404);
}
