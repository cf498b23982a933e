//! Our context as the API's `SpanContext`, and back.

use opentelemetry::trace::{SpanContext, TraceFlags, TraceState as TheirTraceState};
use opentelemetry::{SpanId as TheirSpanId, TraceId as TheirTraceId};

use crate::identity::Context;
use crate::identity::trace_state::TraceState;
#[cfg(feature = "otel-context")]
use crate::identity::{SpanId, TraceId, trace_state};

/// The random flag, which the API has no name for (W3C Trace Context Level 2, section 3.2.2.3.2).
const RANDOM: u8 = 1 << 1;

/// The API's form of a context; a `tracestate` that it cannot read is left out.
#[cfg(feature = "otel-context")]
pub(crate) fn to_span_context(context: &Context) -> SpanContext {
    SpanContexts::default().of(context)
}

/// Contexts in the API's form, one after the other: of neighbours with one `tracestate` it is read once.
#[derive(Default)]
pub(crate) struct SpanContexts {
    last: (TraceState, TheirTraceState),
}

impl SpanContexts {
    pub(crate) fn of(&mut self, context: &Context) -> SpanContext {
        if self.last.0 != context.trace_state {
            let list = context.trace_state.header();
            let theirs = list.and_then(|list| list.parse().ok());
            self.last = (context.trace_state.clone(), theirs.unwrap_or_default());
        }
        with_state(context, self.last.1.clone())
    }
}

fn with_state(context: &Context, trace_state: TheirTraceState) -> SpanContext {
    let random = if context.random { RANDOM } else { 0 };
    let flags = TraceFlags::new(random).with_sampled(context.sampled);
    SpanContext::new(
        TheirTraceId::from_bytes(context.trace_id.to_bytes()),
        TheirSpanId::from_bytes(context.span_id.to_bytes()),
        flags,
        context.remote,
        trace_state,
    )
}

/// Our form of the API's context; empty where it names no span.
#[cfg(feature = "otel-context")]
pub(crate) fn from_span_context(span: &SpanContext) -> Context {
    if !span.is_valid() {
        return Context::default();
    }
    let list = span.trace_state().header();
    let carried = trace_state::read([list.as_bytes()]);
    Context {
        trace_id: TraceId::from_bytes(span.trace_id().to_bytes()),
        span_id: SpanId::from_bytes(span.span_id().to_bytes()),
        sampled: span.is_sampled(),
        random: span.trace_flags().to_u8() & RANDOM != 0,
        remote: span.is_remote(),
        trace_state: carried.state,
        ..Context::default()
    }
}

#[cfg(all(test, feature = "otel-context"))]
mod tests {
    use super::*;

    #[test]
    fn flags_and_state_are_the_same_on_both_sides() {
        let mut contexts = SpanContexts::default();
        for (sampled, random, state) in [
            (false, false, ""),
            (true, true, "ot=th:e666"),
            (false, true, "ot=th:e666"),
            (true, false, "shop=1,ot=rv:6e6d1a75832a2f"),
            (false, true, ""),
        ] {
            let context = Context {
                sampled,
                random,
                remote: true,
                span_id: SpanId::random(),
                trace_state: TraceState::of(state),
                ..Context::new_trace(TraceId::random())
            };
            let theirs = contexts.of(&context);
            assert_eq!(theirs, to_span_context(&context));
            assert_eq!(theirs.trace_state().header(), state);
            assert_eq!(from_span_context(&theirs), context);
        }
    }
}
