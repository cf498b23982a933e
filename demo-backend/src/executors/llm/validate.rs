//! Validation of an answer: it is a completion, or nonsense.

use observed_runtime::observed;
use serde_json::Value;

use super::call::{CallError, Completion, MODELS};

/// The ends that the protocol knows.
const FINISHED: [&str; 4] = ["stop", "length", "content_filter", "tool_calls"];
const OTHER: &str = "other";

/// Returns the text of the first choice.
#[observed(
    name = "validate_response",
    scope = "executors",
    err = error.code(),
    attrs(
        gen_ai.response.model = public_static(label(&MODELS, &completion.model)),
        gen_ai.response.finish_reasons = public_static(finish_reason(completion)),
    )
)]
pub(super) fn validate_response(completion: &Completion) -> Result<Value, CallError> {
    let text = completion
        .choices
        .first()
        .and_then(|choice| choice.message.content.clone());
    match text {
        Some(text) if !text.is_empty() => Ok(Value::String(text)),
        _ => Err(CallError::Nonsense),
    }
}

/// Returns our own text for that of another service.
fn label(known: &[&'static str], text: &str) -> &'static str {
    known
        .iter()
        .find(|known| **known == text)
        .copied()
        .unwrap_or(OTHER)
}

fn finish_reason(completion: &Completion) -> &'static str {
    let reason = completion
        .choices
        .first()
        .and_then(|choice| choice.finish_reason.as_deref());
    reason.map_or(OTHER, |reason| label(&FINISHED, reason))
}
