//! Spans for the tests and for the example.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use opentelemetry::trace::{SpanContext, SpanKind, Status, TraceFlags, TraceState};
use opentelemetry::{InstrumentationScope, KeyValue, SpanId, TraceId};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks};

/// Markup and script in every place where a text can stand.
pub(crate) const HOSTILE: &str =
    "</script><script>window.hit=1</script><img src=x onerror=window.hit=1>\"'&{{data}}\u{2028}";

/// A span that began `at` microseconds after the first one and lasted `lasted` microseconds.
pub(crate) fn span(
    trace: u128,
    id: u64,
    parent: u64,
    name: &str,
    at: u64,
    lasted: u64,
) -> SpanData {
    let start = first() + Duration::from_micros(at);
    SpanData {
        span_context: context(trace, id),
        parent_span_id: SpanId::from(parent),
        parent_span_is_remote: false,
        span_kind: SpanKind::Internal,
        name: name.to_owned().into(),
        start_time: start,
        end_time: start + Duration::from_micros(lasted),
        attributes: Vec::new(),
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status: Status::Unset,
        instrumentation_scope: InstrumentationScope::builder("shop").build(),
    }
}

/// The same span, failed with this code.
pub(crate) fn failed(mut span: SpanData, code: &str) -> SpanData {
    span.status = Status::error("");
    span.attributes
        .push(KeyValue::new("error.type", code.to_owned()));
    span
}

pub(crate) fn context(trace: u128, id: u64) -> SpanContext {
    let (trace, id) = (TraceId::from(trace), SpanId::from(id));
    SpanContext::new(trace, id, TraceFlags::SAMPLED, false, TraceState::default())
}

pub(crate) fn first() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_790_000_000)
}
