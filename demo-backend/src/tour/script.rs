//! The script of the tour: its requests, and the personal data that is planted in them.

use std::time::Duration;

use serde_json::json;

pub(super) const API_KEY: &str = "tour-key";

/// Personal data and credentials that the payloads carry and no span may.
pub(super) const PLANTED: &[(&str, &str)] = &[
    ("e-mail address", "maria.souza@example.com"),
    ("CPF", "529.982.247-25"),
    ("card number", "4111 1111 1111 1111"),
    (
        "bearer token",
        "Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl",
    ),
    ("unknown action's text", "transfer_of_maria_souza"),
];

/// One request of the tour.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) title: &'static str,
    pub(super) api_key: &'static str,
    pub(super) traceparent: Option<&'static str>,
    pub(super) idempotency_key: Option<&'static str>,
    pub(super) body: String,
    pub(super) expected_status: u16,
    /// The time in which spans may go on after the answer.
    pub(super) settle: Duration,
}

pub(super) fn steps() -> Vec<Step> {
    let secrets: Vec<&str> = PLANTED.iter().map(|(_, secret)| *secret).collect();
    let text = format!("Please call {} back", secrets.join(" or "));
    let allowed = json!({ "text": text });
    let mut steps = through_the_gates(&allowed);
    steps.extend(of_the_executors(&text, &allowed));
    steps
}

/// Steps that show the gates and the pipeline.
fn through_the_gates(allowed: &serde_json::Value) -> Vec<Step> {
    vec![
        step(
            "An allowed request, called from another service",
            200,
            "summarize_text",
            allowed,
        )
        .with_traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        step("A wrong API key", 403, "summarize_text", allowed).with_api_key("wrong"),
        step(
            "An action that the service does not know",
            403,
            PLANTED[4].1,
            allowed,
        ),
        step(
            "An oversized payload",
            413,
            "summarize_text",
            &json!({ "text": "x".repeat(20_000) }),
        ),
        step("An executor that fails", 502, "always_fail", allowed),
        step(
            "An executor that takes too long",
            504,
            "slow_report",
            &json!({ "milliseconds": 400 }),
        )
        .with_settle(Duration::from_millis(100)),
        Step {
            body: "{\"action\":".to_owned(),
            ..step("Invalid JSON", 400, "", &json!({}))
        },
    ]
}

/// Steps that show the executors, and what is not done twice.
fn of_the_executors(text: &str, allowed: &serde_json::Value) -> Vec<Step> {
    vec![
        step(
            "Two actions at the same time",
            200,
            "combine",
            &json!({ "mode": "parallel", "steps": [
                { "action": "summarize_text", "payload": allowed },
                { "action": "slow_report", "payload": { "milliseconds": 20 } },
            ] }),
        ),
        step(
            "A language model",
            200,
            "complete_text",
            &json!({ "prompt": text }),
        ),
        step(
            "A language model that is not available: three tries",
            502,
            "complete_text",
            &json!({ "prompt": text, "model": "demo-fails" }),
        ),
        step(
            "An action of another service",
            200,
            "forward",
            &json!({ "action": "summarize_text", "payload": allowed }),
        ),
        step(
            "A request with an idempotency key",
            200,
            "summarize_text",
            allowed,
        )
        .with_idempotency_key("tour-1"),
        step(
            "The same request again: the same answer, and no action",
            200,
            "summarize_text",
            allowed,
        )
        .with_idempotency_key("tour-1"),
    ]
}

fn step(
    title: &'static str,
    expected_status: u16,
    action: &str,
    payload: &serde_json::Value,
) -> Step {
    let body = json!({ "action": action, "context_id": "ctx-production", "payload": payload });
    Step {
        title,
        api_key: API_KEY,
        traceparent: None,
        idempotency_key: None,
        body: body.to_string(),
        expected_status,
        settle: Duration::ZERO,
    }
}

impl Step {
    fn with_traceparent(self, traceparent: &'static str) -> Self {
        Self {
            traceparent: Some(traceparent),
            ..self
        }
    }

    fn with_api_key(self, api_key: &'static str) -> Self {
        Self { api_key, ..self }
    }

    fn with_idempotency_key(self, key: &'static str) -> Self {
        Self {
            idempotency_key: Some(key),
            ..self
        }
    }

    fn with_settle(self, settle: Duration) -> Self {
        Self { settle, ..self }
    }
}
