//! R7 to R12: secrets in every part of a request leave in no span.

use observed_tests::leak::{Secret, found, secrets};
use observed_tests::receiver::Receiver;
use serde_json::json;

use super::support::{Demo, EVERYTHING};

/// Personal data without a shape.
const SENTENCE: &str = "a sentence";

/// Sends the secret wherever a client can put text.
async fn send_everywhere(demo: &Demo, secret: &Secret) {
    // A trace's state is forwarded as it came, and no pattern knows a sentence: a limit that docs/privacy-limits.md states.
    let state = if secret.kind == SENTENCE {
        "1"
    } else {
        &secret.text
    };
    // The value of a member of the state takes no `=`.
    let state = format!("vendor={}", state.replace('=', "%3D"));
    let secret = secret.text.as_str();
    let payload =
        json!({ "text": secret, secret: [secret, { "deep": secret }], "milliseconds": 1 });
    let request = |action: &str, context: &str| {
        json!({ "action": action, "context_id": context, "payload": payload }).to_string()
    };
    let bodies = [
        request("summarize_text", "ctx-production"),
        request("always_fail", "ctx-production"),
        request(secret, "ctx-production"),
        request("summarize_text", secret),
        secret.to_owned(),
    ];
    for body in &bodies {
        let sent = demo
            .process(body)
            .header(
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            )
            .header("tracestate", &state)
            .header("baggage", format!("user={secret}"))
            .header("user-agent", secret)
            .header("cookie", secret)
            .header("authorization", secret)
            .header("x-forwarded-for", secret);
        let _ = sent.send().await.unwrap();
    }
    let path = secret.replace(['/', ' ', '?', '#'], "_");
    let _ = demo.get(&format!("/{path}?q={path}")).send().await;
    let _ = demo
        .process(&bodies[0])
        .header("x-api-key", secret)
        .send()
        .await;
}

/// Everything that the demo exports while every secret is sent everywhere.
async fn exported(planted: &[Secret], firewall: &str) -> Vec<u8> {
    let receiver = Receiver::grpc();
    let endpoint = receiver.endpoint();
    let own = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str()),
        ("OBSERVED_FIREWALL", firewall),
        ("OTEL_BSP_SCHEDULE_DELAY", "10"),
    ];
    let mut demo = Demo::start(&[&EVERYTHING[..], &own].concat());
    for secret in planted {
        send_everywhere(&demo, secret).await;
    }
    assert_eq!(withheld(&demo).await > 0, firewall == "drop");
    demo.stop_cleanly();
    let bytes = receiver.bytes();
    let root = [Secret {
        kind: "root",
        text: "process_action".to_owned(),
    }];
    assert_eq!(found(&bytes, &root), ["root"], "spans were exported");
    bytes
}

/// What `/health` says was withheld, once everything has left.
async fn withheld(demo: &Demo) -> u64 {
    loop {
        let spans = demo.health().await["spans"].clone();
        if spans["exported"] != 0 && spans["exported"] == spans["started"] {
            return spans["attributes_withheld"].as_u64().unwrap();
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_in_payload_headers_errors_and_paths_leave_in_no_span() {
    let mut planted = secrets("3v8n");
    planted.push(Secret {
        kind: SENTENCE,
        text: "Ana Souza of Rua das Flores 3v8n".to_owned(),
    });
    let bytes = exported(&planted, "drop").await;
    assert_eq!(found(&bytes, &planted), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_firewall_off_what_a_caller_put_into_the_state_of_its_trace_leaves() {
    let planted = secrets("5x1d");
    let bytes = exported(&planted, "off").await;
    assert!(found(&bytes, &planted).contains(&"e-mail address"));
}
