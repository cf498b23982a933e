//! The tour as OTLP/JSON, by the types of `opentelemetry-proto`: ids as hexadecimal digits, 64-bit numbers as texts.
//!
//! What is not OTLP stands beside `resourceSpans`: receivers have to ignore fields that they do not know.

use std::collections::BTreeSet;

use observed_runtime::Accounting;
use opentelemetry_proto::tonic::trace::v1::TracesData;
use opentelemetry_proto::transform::common::tonic::ResourceAttributesWithSchema;
use opentelemetry_proto::transform::trace::tonic::group_spans_by_resource_and_scope;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SpanData;
use serde_json::{Value, json};

use super::error::TourError;
use super::taken::Taken;

/// Writes all spans, the steps that they are of, and the account, in one line.
pub(super) fn document(
    taken: &[Taken],
    resource: &Resource,
    account: &Accounting,
) -> Result<String, TourError> {
    let spans: Vec<SpanData> = taken.iter().flat_map(|step| step.spans.clone()).collect();
    let resource = ResourceAttributesWithSchema::from(resource);
    let traces = TracesData {
        resource_spans: group_spans_by_resource_and_scope(spans, &resource),
    };
    let mut document = serde_json::to_value(traces).map_err(TourError::Json)?;
    document["steps"] = taken.iter().map(step).collect();
    document["accounting"] = serde_json::to_value(account).map_err(TourError::Json)?;
    Ok(document.to_string())
}

fn step(taken: &Taken) -> Value {
    let answer: Value = serde_json::from_str(&taken.body).unwrap_or_default();
    let ids = taken.spans.iter().map(|span| span.span_context.trace_id());
    let ids: BTreeSet<String> = ids.map(|id| id.to_string()).collect();
    json!({
        "title": taken.title,
        "status": taken.status,
        "answer": answer,
        "traceIds": ids,
        "spans": taken.spans.len(),
    })
}
