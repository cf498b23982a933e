//! Spans and futures where nothing is recorded, and what `parent = ` names is forwarded (ADR 025).

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context as Task, Poll};

use crate::carried::{Attached, attach};
use crate::identity::Context;
use crate::panics::swallowing;
use crate::span::{ErrorCode, Fallible, Judge, Site};

/// A span that is current until this guard is dropped; made by `observed_span!`. Here, of a span with `parent = `, what the
/// parent names.
#[derive(Debug)]
#[must_use = "the span ends when its guard is dropped: write `let _span = observed_span!(...)`"]
pub struct SpanGuard {
    attached: Attached,
    _on_one_thread: PhantomData<*const ()>,
}

impl SpanGuard {
    pub(super) const NONE: Self = Self {
        attached: Attached::NONE,
        _on_one_thread: PhantomData,
    };
}

/// What the parent names, if it is a span; nothing where its expression panics.
fn named(parent: &dyn Fn() -> Context) -> Option<Context> {
    swallowing(parent).filter(Context::is_a_span)
}

/// Makes what the parent names current.
pub fn enter_under(_: &'static Site, parent: &dyn Fn() -> Context) -> SpanGuard {
    SpanGuard {
        attached: named(parent).map_or(Attached::NONE, |context| attach(&context)),
        _on_one_thread: PhantomData,
    }
}

/// What is current in the polls of a future.
#[derive(Debug)]
pub struct Begun(Option<Context>);

impl Begun {
    pub(super) const NONE: Self = Self(None);

    fn enter(&self) -> Attached {
        self.0.as_ref().map_or(Attached::NONE, attach)
    }
}

/// Takes what the parent names.
pub fn begin_under(_: &'static Site, parent: &dyn Fn() -> Context) -> Begun {
    Begun(named(parent))
}

pin_project_lite::pin_project! {
    /// A future that runs in what its parent names.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Observed<F> {
        begun: Begun,
        #[pin]
        future: F,
    }
}

impl<F: Future> Future for Observed<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, task: &mut Task<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _attached = this.begun.enter();
        this.future.poll(task)
    }
}

/// The future in what its parent names.
#[inline]
pub fn observe<F: Future, J: Judge<F::Output>>(begun: Begun, future: F, _: J) -> Observed<F> {
    Observed { begun, future }
}

/// The future in what its parent names.
#[inline]
pub fn observe_by<F, C, K>(begun: Begun, future: F, _: C) -> Observed<F>
where
    F: Future<Output: Fallible>,
    C: Fn(&<F::Output as Fallible>::Error) -> K,
    K: ErrorCode,
{
    Observed { begun, future }
}

/// The future in what its parent names, which is current while it is made.
#[inline]
pub fn observe_call<F: Future, J: Judge<F::Output>>(
    begun: Begun,
    make: impl FnOnce() -> F,
    _: J,
) -> Observed<F> {
    let future = {
        let _attached = begun.enter();
        make()
    };
    Observed { begun, future }
}

/// Like [`observe_call`], with `err = expr`.
#[inline]
pub fn observe_call_by<F, C, K>(begun: Begun, make: impl FnOnce() -> F, _: C) -> Observed<F>
where
    F: Future<Output: Fallible>,
    C: Fn(&<F::Output as Fallible>::Error) -> K,
    K: ErrorCode,
{
    let future = {
        let _attached = begun.enter();
        make()
    };
    Observed { begun, future }
}

/// Adds the observing of futures by a span that `observed_span!` has started.
pub trait ObservedExt: Future + Sized {
    /// Makes what the span's parent names current in the polls of this future.
    fn observed(self, span: SpanGuard) -> Observed<Self> {
        Observed {
            begun: Begun(span.attached.into_context()),
            future: self,
        }
    }
}

impl<F: Future> ObservedExt for F {}
