//! Spans and futures where nothing is recorded: nothing, and the future itself.

use std::future::Future;
use std::marker::PhantomData;

use crate::identity::Context;
use crate::span::{ErrorCode, Fallible, Judge, Site};

/// A span that is current until this guard is dropped; made by `observed_span!`.
#[derive(Debug)]
#[must_use = "the span ends when its guard is dropped: write `let _span = observed_span!(...)`"]
pub struct SpanGuard {
    _on_one_thread: PhantomData<*const ()>,
}

impl SpanGuard {
    pub(super) const NONE: Self = Self {
        _on_one_thread: PhantomData,
    };
}

/// Starts nothing.
#[inline]
pub fn enter_under(_: &'static Site, _: &dyn Fn() -> Context) -> SpanGuard {
    SpanGuard::NONE
}

/// No span.
#[derive(Debug)]
pub struct Begun;

impl Begun {
    pub(super) const NONE: Self = Self;
}

/// Starts nothing.
#[inline]
pub fn begin_under(_: &'static Site, _: &dyn Fn() -> Context) -> Begun {
    Begun::NONE
}

/// The future itself.
pub type Observed<F> = F;

/// The future itself.
#[inline]
pub fn observe<F: Future, J: Judge<F::Output>>(_: Begun, future: F, _: J) -> F {
    future
}

/// The future itself.
#[inline]
pub fn observe_by<F, C, K>(_: Begun, future: F, _: C) -> F
where
    F: Future<Output: Fallible>,
    C: Fn(&<F::Output as Fallible>::Error) -> K,
    K: ErrorCode,
{
    future
}

/// The future itself.
#[inline]
pub fn observe_call<F: Future, J: Judge<F::Output>>(_: Begun, make: impl FnOnce() -> F, _: J) -> F {
    make()
}

/// The future itself.
#[inline]
pub fn observe_call_by<F, C, K>(_: Begun, make: impl FnOnce() -> F, _: C) -> F
where
    F: Future<Output: Fallible>,
    C: Fn(&<F::Output as Fallible>::Error) -> K,
    K: ErrorCode,
{
    make()
}

/// Adds the observing of futures by a span that `observed_span!` has started.
pub trait ObservedExt: Future + Sized {
    /// The future itself.
    #[must_use]
    fn observed(self, span: SpanGuard) -> Observed<Self> {
        drop(span);
        self
    }
}

impl<F: Future> ObservedExt for F {}
