//! What clients, operators and the network do wrong, and what they are told.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::support::{Demo, EVERYTHING, body, command};
use observed_tests::receiver::Receiver;
use observed_tests::service::Service;

#[test]
fn a_port_in_use_is_said_with_the_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut refused = command();
    refused.args([
        "--listen",
        &taken.local_addr().unwrap().to_string(),
        "--audit-log",
        "/dev/null",
    ]);
    let mut service = Service::start(refused);
    assert_eq!(service.wait().code(), Some(1));
    let message = service.wait_for("cannot listen on ");
    assert!(message.contains("--listen"), "{message}");
}

#[tokio::test]
async fn an_unreachable_collector_costs_spans_and_nothing_else() {
    let nobody = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let mut demo = Demo::traced("grpc", &format!("http://{nobody}"));
    for _ in 0..3 {
        assert_eq!(
            demo.process(&body("summarize_text"))
                .send()
                .await
                .unwrap()
                .status(),
            200
        );
    }
    let asked = Instant::now();
    demo.stop_cleanly();
    assert!(
        asked.elapsed() < Duration::from_secs(10),
        "shutdown waits for a collector that is not there"
    );
    let log = demo.service.log();
    assert!(
        log.contains("tracing: ended; of 54 spans 0 were exported, 54 dropped, 0 had not ended"),
        "{log}"
    );
}

#[tokio::test]
async fn a_wrong_endpoint_leaves_tracing_off_and_says_why() {
    let secret = "http://user:hunter2@collector:99999";
    let demo = Demo::start(&[
        ("TRACING_ENABLED", "1"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", secret),
    ]);
    let health = demo.health().await;
    assert_eq!(health["status"], "ok");
    assert_eq!(health["tracing_enabled"], false);
    assert_eq!(health["tracing_state"], "failed");
    assert_eq!(
        demo.process(&body("summarize_text"))
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    let log = demo.service.log();
    assert!(
        log.contains("tracing: off: OTEL_EXPORTER_OTLP_ENDPOINT is malformed"),
        "{log}"
    );
    assert!(!log.contains("hunter2"), "{log}");
}

#[tokio::test]
async fn a_collector_that_has_the_wrong_protocol_costs_spans_and_nothing_else() {
    let receiver = Receiver::http();
    let mut demo = Demo::traced("grpc", &receiver.endpoint());
    assert_eq!(
        demo.process(&body("summarize_text"))
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    demo.stop_cleanly();
    assert_eq!(receiver.spans(), []);
}

#[tokio::test]
async fn requests_that_are_wrong_get_a_status_and_a_json_body_and_the_service_lives() {
    let demo = Demo::start(&[]);
    let large = format!("{{\"action\":\"{}\"", "x".repeat(100_000));
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for (sent, status, error) in [
        ("", 400, "malformed"),
        ("{\"action\":", 400, "malformed"),
        ("[]", 400, "malformed"),
        (
            "[\"summarize_text\",\"ctx-production\",{\"text\":\"a\"}]",
            400,
            "malformed",
        ),
        (
            "{\"action\":1,\"context_id\":\"a\",\"payload\":{}}",
            400,
            "malformed",
        ),
        (deep.as_str(), 400, "malformed"),
        (large.as_str(), 413, "too_large"),
    ] {
        let answer = demo.process(sent).send().await.unwrap();
        assert_eq!(answer.status(), status, "{error}");
        let answer: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(
            (&answer["status"], &answer["error"]),
            (&"error".into(), &error.into())
        );
    }
    let wrong_type = demo
        .process("{}")
        .header("content-type", "text/plain")
        .send()
        .await
        .unwrap();
    assert_eq!(
        wrong_type.status(),
        400,
        "two content types: the first one counts, and the body is malformed"
    );
    assert_eq!(demo.get("/nowhere").send().await.unwrap().status(), 404);
    assert_eq!(demo.get("/process").send().await.unwrap().status(), 405);
    assert_eq!(demo.get("/health").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_denied_request_is_told_which_gate_denied_it() {
    let demo = Demo::start(&[]);
    let context = body("summarize_text").replace("ctx-production", "ctx-archived");
    let payload = "{\"action\":\"summarize_text\",\"context_id\":\"ctx-production\",\"payload\":7}";
    for (request, gate) in [
        (demo.process(&body("no_such_action")), "action"),
        (demo.process(&context), "context"),
        (demo.process(payload), "payload"),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 403);
        let answer: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(
            (&answer["status"], &answer["gate"]),
            (&"denied".into(), &gate.into())
        );
    }
}

#[tokio::test]
async fn a_wrong_or_missing_key_is_denied_by_the_first_gate() {
    let demo = Demo::start(&[]);
    let url = format!("{}/process", demo.url);
    let request = || {
        reqwest::Client::new()
            .post(&url)
            .header("content-type", "application/json")
    };
    for request in [
        request(),
        request().header("x-api-key", "wrong"),
        request().header("x-api-key", ""),
    ] {
        let answer = request.body(body("summarize_text")).send().await.unwrap();
        assert_eq!(answer.status(), 403);
        let answer: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(
            (&answer["gate"], &answer["reason"]),
            (&"caller".into(), &"api_key".into())
        );
    }
}

#[tokio::test]
async fn every_answered_request_is_in_the_audit_log_without_its_payload() {
    let demo = Demo::start(&[]);
    for action in ["summarize_text", "always_fail", "no_such_action"] {
        demo.process(&body(action)).send().await.unwrap();
    }
    let lines = demo.audit_lines();
    let outcomes: Vec<&str> = lines
        .iter()
        .map(|line| line["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["ok", "executor_failed", "denied"]);
    assert_eq!(lines[0]["input_sha256"].as_str().unwrap().len(), 64);
    assert!(!format!("{lines:?}").contains("planted-secret"));
}

#[test]
fn an_empty_api_key_is_refused_at_the_start() {
    let mut keyless = command();
    keyless
        .env("DEMO_API_KEY", "")
        .args(["--listen", "127.0.0.1:0", "--audit-log", "/dev/null"]);
    let mut service = Service::start(keyless);
    assert_eq!(service.wait().code(), Some(1));
    assert!(
        service
            .wait_for("the API key is empty")
            .contains("DEMO_API_KEY")
    );
}

#[tokio::test]
async fn a_client_that_hangs_up_leaves_its_action_in_the_audit_log() {
    let mut demo = Demo::start(&[]);
    let impatient = demo
        .process(&body("slow_report"))
        .timeout(Duration::from_millis(100))
        .send()
        .await;
    assert!(impatient.is_err());
    demo.stop_cleanly();
    let outcomes: Vec<_> = demo
        .audit_lines()
        .iter()
        .map(|line| line["outcome"].clone())
        .collect();
    assert_eq!(outcomes, ["ok"]);
}

#[tokio::test]
async fn wrong_keys_are_counted_in_the_audit_log_and_do_not_fill_it() {
    let mut demo = Demo::start(&[("DEMO_AUDIT_INTERVAL_MS", "300")]);
    for _ in 0..200 {
        let denied = demo.process_with("wrong", &body("summarize_text"));
        assert_eq!(denied.send().await.unwrap().status(), 403);
    }
    demo.stop_cleanly();
    let lines = demo.audit_lines();
    let counted: u64 = lines
        .iter()
        .map(|line| line["count"].as_u64().unwrap())
        .sum();
    assert_eq!(counted, 200, "{lines:?}");
    let logged = demo.service.log().lines().count();
    assert!(logged < 50, "{}", demo.service.log());
    assert!(lines.len() < 50, "{lines:?}");
    assert_eq!(
        (&lines[0]["gate"], &lines[0]["outcome"]),
        (&"caller".into(), &"denied".into())
    );
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_audit_log_without_room_is_told_before_an_action_has_its_effect() {
    let receiver = Receiver::grpc();
    let endpoint = receiver.endpoint();
    let own = [
        ("DEMO_AUDIT_LOG", "/dev/full"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint),
    ];
    let mut demo = Demo::start(&[&EVERYTHING[..], &own].concat());
    let ask = || {
        demo.process(&body("summarize_text"))
            .header("idempotency-key", "k")
            .send()
    };
    // Nothing has run, so the key is as new the second time.
    for _ in 0..2 {
        let answer = ask().await.unwrap();
        assert_eq!(answer.status(), 503);
        let answer: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(answer["error"], "not_audited");
    }
    demo.stop_cleanly();
    let spans = receiver.spans();
    assert!(spans.iter().any(|span| span.name == "agentic_action"));
    assert!(!spans.iter().any(|span| span.name == "test_executor_v1"));
}
