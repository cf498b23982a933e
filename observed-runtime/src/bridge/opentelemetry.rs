//! Who is the parent where code uses the OpenTelemetry API directly (R19): an observed span under one of another's tracer
//! is its child, and the other way round.
//!
//! The OpenTelemetry API keeps a context of its own for each thread. What becomes current here is attached there, and
//! where somebody else has attached something since, that is the parent. The functions are called outside of all borrows,
//! and only while the thread's own state lives: it is destroyed before the API's, because the API's is touched first.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};

use opentelemetry::trace::TraceContextExt;
use opentelemetry::{Context as Foreign, ContextGuard};

use super::span_context::{from_span_context, to_span_context};
use crate::identity::Context;
use crate::panics::swallowing;

/// `OBSERVED_ATTACH_CONTEXT`: whether what is current here is attached there.
static ATTACHES: AtomicBool = AtomicBool::new(true);

thread_local! {
    /// Whether the API's context of this thread can be used, once that is known.
    static USABLE: Cell<Option<bool>> = const { Cell::new(None) };
}

/// What was attached for one entry of the stack, and which span was current for the API then.
#[derive(Debug, Default)]
pub(crate) struct Attachment {
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

/// True when the API's current span is not the one that was current for `attachment`: somebody else's is inside it.
#[inline]
pub(crate) fn is_inside(attachment: Option<&Attachment>) -> bool {
    current_id() != attachment.map_or(0, |attachment| attachment.current)
}

/// Attaches a context that has become current here.
pub(crate) fn attach(context: &Context) -> Attachment {
    let attaches = ATTACHES.load(Ordering::Relaxed) && is_usable();
    let guard = if !attaches {
        None
    } else if context.is_a_span() {
        Some(Foreign::from(context).attach())
    } else {
        // It ends what is current, there as here. An invalid span would not do: the SDK takes it for an unsampled one.
        (current_id() != 0).then(|| Foreign::new().attach())
    };
    Attachment {
        current: current_id(),
        guard,
    }
}

impl From<&Foreign> for Context {
    /// The span that is current in a context of the OpenTelemetry API; empty if there is none.
    fn from(foreign: &Foreign) -> Self {
        from_span_context(foreign.span().span_context())
    }
}

impl From<&Context> for Foreign {
    /// The current context of the OpenTelemetry API, baggage and all, with this span in it.
    fn from(context: &Context) -> Self {
        Foreign::current().with_remote_span_context(to_span_context(context))
    }
}
