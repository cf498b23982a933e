//! A span as the page's script reads it.
//!
//! Not OTLP/JSON, which takes three times the memory: the page has thousands of spans. A time is a text of nanoseconds, because
//! numbers of JavaScript hold 53 bits.

use std::time::{SystemTime, UNIX_EPOCH};

use opentelemetry::trace::{SpanKind, Status};
use opentelemetry::{KeyValue, SpanId};
use opentelemetry_sdk::trace::SpanData;
use serde::Serialize;

#[derive(Serialize)]
struct Span<'a> {
    trace: String,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    remote: bool,
    name: &'a str,
    kind: &'static str,
    scope: &'a str,
    start: String,
    lasted: u64,
    #[serde(skip_serializing_if = "is_false")]
    failed: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    message: &'a str,
    attributes: Vec<(&'a str, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    events: Vec<Event<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<(String, String)>,
    /// Attributes, events and links that a limit cut.
    #[serde(skip_serializing_if = "is_zero")]
    cut: u32,
}

#[derive(Serialize)]
struct Event<'a> {
    name: &'a str,
    at: String,
    attributes: Vec<(&'a str, String)>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// Writes a span as JSON.
pub(crate) fn json(span: &SpanData) -> String {
    let (failed, message) = match &span.status {
        Status::Error { description } => (true, description.as_ref()),
        Status::Unset | Status::Ok => (false, ""),
    };
    let lasted = span.end_time.duration_since(span.start_time);
    let has_parent = span.parent_span_id != SpanId::INVALID;
    let events = span.events.events.iter().map(|event| Event {
        name: &event.name,
        at: nanoseconds(event.timestamp),
        attributes: pairs(&event.attributes),
    });
    let links = span.links.links.iter().map(|link| {
        let to = &link.span_context;
        (to.trace_id().to_string(), to.span_id().to_string())
    });
    let cut = [span.events.dropped_count, span.links.dropped_count];
    let span = Span {
        trace: span.span_context.trace_id().to_string(),
        id: span.span_context.span_id().to_string(),
        parent: has_parent.then(|| span.parent_span_id.to_string()),
        remote: span.parent_span_is_remote,
        name: &span.name,
        kind: kind(&span.span_kind),
        scope: span.instrumentation_scope.name(),
        start: nanoseconds(span.start_time),
        lasted: u64::try_from(lasted.unwrap_or_default().as_nanos()).unwrap_or(u64::MAX),
        failed,
        message,
        attributes: pairs(&span.attributes),
        events: events.collect(),
        links: links.collect(),
        cut: cut
            .iter()
            .fold(span.dropped_attributes_count, |sum, count| {
                sum.saturating_add(*count)
            }),
    };
    // Texts and numbers only: there is nothing in it that JSON cannot say.
    serde_json::to_string(&span).unwrap_or_default()
}

fn pairs(attributes: &[KeyValue]) -> Vec<(&str, String)> {
    attributes
        .iter()
        .map(|pair| (pair.key.as_str(), pair.value.to_string()))
        .collect()
}

fn nanoseconds(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_nanos().to_string()
}

fn kind(kind: &SpanKind) -> &'static str {
    match kind {
        SpanKind::Internal => "internal",
        SpanKind::Server => "server",
        SpanKind::Client => "client",
        SpanKind::Producer => "producer",
        SpanKind::Consumer => "consumer",
    }
}
