//! The tour as JSON.

use std::time::{SystemTime, UNIX_EPOCH};

use opentelemetry::trace::Status;
use opentelemetry_sdk::trace::SpanData;
use serde_json::{Map, Value, json};

use super::taken::Taken;

/// Writes all steps, each with its answer and its spans.
pub(super) fn document(taken: &[Taken]) -> String {
    let steps: Vec<Value> = taken.iter().map(step).collect();
    format!("{:#}", json!({ "steps": steps }))
}

fn step(taken: &Taken) -> Value {
    let answer: Value = serde_json::from_str(&taken.body).unwrap_or_default();
    json!({
        "title": taken.title,
        "status": taken.status,
        "answer": answer,
        "spans": taken.spans.iter().map(span).collect::<Vec<_>>(),
    })
}

fn span(span: &SpanData) -> Value {
    let attributes: Map<String, Value> = span
        .attributes
        .iter()
        .map(|pair| (pair.key.to_string(), json!(pair.value.as_str())))
        .collect();
    let nanoseconds = |time: SystemTime| {
        let since = time.duration_since(UNIX_EPOCH);
        since.unwrap_or_default().as_nanos() as u64
    };
    json!({
        "name": span.name,
        "trace_id": span.span_context.trace_id().to_string(),
        "span_id": span.span_context.span_id().to_string(),
        "parent_span_id": span.parent_span_id.to_string(),
        "start_unix_nano": nanoseconds(span.start_time),
        "end_unix_nano": nanoseconds(span.end_time),
        "failed": matches!(span.status, Status::Error { .. }),
        "attributes": attributes,
    })
}
