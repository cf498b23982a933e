//! A finished span as the `SpanData` of the OpenTelemetry SDK.

use opentelemetry::trace::{SpanContext, SpanKind, Status, TraceFlags};
use opentelemetry::{InstrumentationScope, KeyValue, SpanId, StringValue, TraceId, Value};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks};

use crate::record::finished::Finished;
use crate::record::open::Outcome;
use crate::span::Kind;
use crate::value;

/// Converts one span; `scope` is shared by all.
pub(super) fn to_span_data(span: Finished, scope: &InstrumentationScope) -> SpanData {
    let trace_state = span
        .trace_state
        .as_deref()
        .and_then(|state| state.parse().ok())
        .unwrap_or_default();
    let mut attributes = Vec::with_capacity(span.values.len() + 1);
    for (key, value) in span.site.keys.iter().zip(span.values) {
        if let Some(value) = to_value(value) {
            attributes.push(KeyValue::new(*key, value));
        }
    }
    let status = match span.outcome {
        Outcome::Returned => Status::Unset,
        Outcome::Failed(error_type) => {
            attributes.push(KeyValue::new("error.type", error_type));
            Status::error("")
        }
        Outcome::Cancelled => {
            attributes.push(KeyValue::new("observed.cancelled", true));
            Status::Unset
        }
    };
    SpanData {
        span_context: SpanContext::new(
            TraceId::from_bytes(span.trace_id.to_bytes()),
            SpanId::from_bytes(span.span_id.to_bytes()),
            TraceFlags::SAMPLED,
            false,
            trace_state,
        ),
        parent_span_id: SpanId::from_bytes(span.parent.to_bytes()),
        parent_span_is_remote: span.parent_is_remote,
        span_kind: to_kind(span.site.kind),
        name: span.site.name.into(),
        start_time: span.start.to_system_time(),
        end_time: span.end.to_system_time(),
        attributes,
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status,
        instrumentation_scope: scope.clone(),
    }
}

fn to_value(value: value::Value) -> Option<Value> {
    Some(match value.0 {
        value::Inner::Absent | value::Inner::Refused => return None,
        value::Inner::Bool(flag) => Value::Bool(flag),
        value::Inner::I64(integer) => Value::I64(integer),
        value::Inner::F64(float) => Value::F64(float),
        value::Inner::Static(text) => Value::String(StringValue::from(text)),
        value::Inner::Text(text) => Value::String(StringValue::from(text.into_string())),
    })
}

fn to_kind(kind: Kind) -> SpanKind {
    match kind {
        Kind::Internal => SpanKind::Internal,
        Kind::Server => SpanKind::Server,
        Kind::Client => SpanKind::Client,
        Kind::Producer => SpanKind::Producer,
        Kind::Consumer => SpanKind::Consumer,
    }
}
