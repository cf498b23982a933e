//! Our context as the API's `SpanContext`, and back.

use opentelemetry::trace::{SpanContext, TraceFlags};
use opentelemetry::{SpanId as TheirSpanId, TraceId as TheirTraceId};

use crate::identity::Context;
#[cfg(any(feature = "http", feature = "otel-context"))]
use crate::identity::{SpanId, TraceId};

/// The API's form of a context; a `tracestate` that it cannot read is left out.
pub(crate) fn to_span_context(context: &Context) -> SpanContext {
    let trace_state = context
        .trace_state
        .as_deref()
        .and_then(|state| state.parse().ok());
    let flags = if context.sampled {
        TraceFlags::SAMPLED
    } else {
        TraceFlags::default()
    };
    SpanContext::new(
        TheirTraceId::from_bytes(context.trace_id.to_bytes()),
        TheirSpanId::from_bytes(context.span_id.to_bytes()),
        flags,
        context.remote,
        trace_state.unwrap_or_default(),
    )
}

/// Our form of the API's context; empty where it names no span.
#[cfg(any(feature = "http", feature = "otel-context"))]
pub(crate) fn from_span_context(span: &SpanContext) -> Context {
    if !span.is_valid() {
        return Context::default();
    }
    let trace_state = span.trace_state().header();
    Context {
        trace_id: TraceId::from_bytes(span.trace_id().to_bytes()),
        span_id: SpanId::from_bytes(span.span_id().to_bytes()),
        sampled: span.is_sampled(),
        remote: span.is_remote(),
        trace_state: (!trace_state.is_empty()).then(|| trace_state.into()),
        ..Context::default()
    }
}
