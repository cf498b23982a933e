//! Who is the parent where code uses the OpenTelemetry API directly (R19): an observed span under one of another's tracer
//! is its child, and the other way round.
//!
//! The OpenTelemetry API keeps a context of its own for each thread. What becomes current here is attached there, and
//! where somebody else has attached something since, that is the parent. The functions are called outside of all borrows,
//! and only while the thread's own state lives: it is destroyed before the API's, because the API's is touched first.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};

use opentelemetry::trace::{SpanContext, TraceContextExt, TraceFlags};
use opentelemetry::{Context as Foreign, ContextGuard};

use super::{Context, SpanId, TraceId};
use crate::panics::swallowing;

/// `OBSERVED_ATTACH_CONTEXT`: whether what is current here is attached there.
static ATTACHES: AtomicBool = AtomicBool::new(true);

thread_local! {
    /// Whether the API's context of this thread can be used, once that is known.
    static USABLE: Cell<Option<bool>> = const { Cell::new(None) };
}

/// What was attached for one entry of the stack, and which span was current for the API then.
#[derive(Debug, Default)]
pub(crate) struct Announced {
    current: u64,
    #[expect(dead_code, reason = "held until the entry is no longer current")]
    guard: Option<ContextGuard>,
}

/// Says whether what is current here is attached there.
pub(crate) fn set_attaching(attaches: bool) {
    ATTACHES.store(attaches, Ordering::Relaxed);
}

/// Touches the API's state, so that it is destroyed after ours; called before ours is used.
#[inline]
pub(crate) fn prepare() {
    if USABLE.get().is_none() {
        let touched = swallowing(|| Foreign::map_current(|_| ()));
        USABLE.set(Some(touched.is_some()));
    }
}

fn is_usable() -> bool {
    USABLE.get() == Some(true)
}

/// The span that is current for the API; 0 for none.
#[inline]
fn current_id() -> u64 {
    if !is_usable() {
        return 0;
    }
    Foreign::map_current(|context| {
        let id = context.span().span_context().span_id();
        u64::from_be_bytes(id.to_bytes())
    })
}

/// The context that is current for the API.
pub(crate) fn current() -> Context {
    if is_usable() {
        Foreign::map_current(|context| Context::from(context))
    } else {
        Context::default()
    }
}

/// True when the API's current span is not the one that was current for `announced`: somebody else's is inside it.
#[inline]
pub(crate) fn is_inside(announced: Option<&Announced>) -> bool {
    current_id() != announced.map_or(0, |announced| announced.current)
}

/// Attaches a context that has become current here.
pub(crate) fn announce(context: &Context) -> Announced {
    let attaches = ATTACHES.load(Ordering::Relaxed) && is_usable();
    let guard = if !attaches {
        None
    } else if context.is_a_span() {
        Some(Foreign::from(context).attach())
    } else {
        // It ends what is current, there as here. An invalid span would not do: the SDK takes it for an unsampled one.
        (current_id() != 0).then(|| Foreign::new().attach())
    };
    Announced {
        current: current_id(),
        guard,
    }
}

impl From<&Foreign> for Context {
    /// The span that is current in a context of the OpenTelemetry API; empty if there is none.
    fn from(foreign: &Foreign) -> Self {
        let span = foreign.span();
        let span = span.span_context();
        if !span.is_valid() {
            return Self::default();
        }
        let trace_state = span.trace_state().header();
        Self {
            trace_id: TraceId::from_bytes(span.trace_id().to_bytes()),
            span_id: SpanId::from_bytes(span.span_id().to_bytes()),
            sampled: span.is_sampled(),
            remote: span.is_remote(),
            trace_state: (!trace_state.is_empty()).then(|| trace_state.into()),
            ..Self::default()
        }
    }
}

impl From<&Context> for Foreign {
    /// The current context of the OpenTelemetry API, baggage and all, with this span in it.
    fn from(context: &Context) -> Self {
        let trace_state = context
            .trace_state
            .as_deref()
            .and_then(|state| state.parse().ok());
        let flags = if context.sampled {
            TraceFlags::SAMPLED
        } else {
            TraceFlags::default()
        };
        Foreign::current().with_remote_span_context(SpanContext::new(
            opentelemetry::TraceId::from_bytes(context.trace_id.to_bytes()),
            opentelemetry::SpanId::from_bytes(context.span_id.to_bytes()),
            flags,
            context.remote,
            trace_state.unwrap_or_default(),
        ))
    }
}
