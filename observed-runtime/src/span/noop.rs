//! The same names where nothing is recorded: without the feature `enable` no annotation calls them, unless cargo has
//! built the macros for a program that has it as well.

use std::future::Future;
use std::marker::PhantomData;

use super::{Fallible, Judge, Site};
use crate::identity::Context;
use crate::value::{AttributeValue, Value};

/// A span that is current until this guard is dropped; made by `observed_span!`.
#[derive(Debug)]
#[must_use = "the span ends when its guard is dropped: write `let _span = observed_span!(...)`"]
pub struct SpanGuard {
    _on_one_thread: PhantomData<*const ()>,
}

/// Nothing.
#[inline]
#[must_use]
pub fn current_of(_: &SpanGuard) -> Current {
    Current
}

/// Notes nothing.
#[inline]
pub fn set_result<R: Fallible>(_: &SpanGuard, _: &R) {}

/// Notes nothing.
#[inline]
pub fn set_result_by<R: Fallible>(_: &SpanGuard, _: &R, _: impl Fn(&R::Error) -> &'static str) {}

/// Starts nothing.
#[inline]
pub fn enter(_: &'static Site) -> SpanGuard {
    SpanGuard {
        _on_one_thread: PhantomData,
    }
}

/// Never.
#[inline]
#[must_use]
pub fn may_record() -> bool {
    false
}

/// No span.
#[inline]
pub fn no_span() -> SpanGuard {
    SpanGuard {
        _on_one_thread: PhantomData,
    }
}

/// Starts nothing.
#[inline]
pub fn enter_with(_: &'static Site, _: usize, _: &dyn Fn(usize) -> Value) -> SpanGuard {
    SpanGuard {
        _on_one_thread: PhantomData,
    }
}

/// Starts nothing.
#[inline]
pub fn enter_values<const N: usize>(_: &'static Site, _: [Value; N]) -> SpanGuard {
    SpanGuard {
        _on_one_thread: PhantomData,
    }
}

/// Starts nothing.
#[inline]
pub fn enter_under(_: &'static Site, _: &dyn Fn() -> Context) -> SpanGuard {
    SpanGuard {
        _on_one_thread: PhantomData,
    }
}

/// No span.
#[derive(Clone, Copy, Debug)]
pub struct Current;

/// No span.
#[inline]
pub fn current(_: &'static Site) -> Current {
    Current
}

impl Current {
    /// Records nothing.
    #[inline]
    #[must_use = "the expansion goes on with it"]
    pub fn record(self, _: usize, _: &dyn Fn(usize) -> Value) -> Self {
        self
    }

    /// Records nothing.
    #[inline]
    #[must_use = "the expansion goes on with it"]
    pub fn link(self, _: &dyn Fn() -> Vec<Context>) -> Self {
        self
    }

    /// No span.
    #[inline]
    #[must_use]
    pub fn late(self) -> Late {
        Late
    }

    /// Ends the chain.
    #[inline]
    pub fn done(self) {}
}

/// Adds nothing.
#[inline]
pub fn event(_: &'static Site, _: usize, _: &dyn Fn(usize) -> Value) {}

/// Records nothing and has no size.
#[derive(Clone, Copy, Debug)]
pub struct Late;

impl Late {
    /// Checks the type of a late attribute.
    #[inline]
    #[must_use = "the expansion goes on with it"]
    pub fn declares<T: AttributeValue>(self) -> Self {
        self
    }

    /// Records nothing.
    #[inline]
    pub fn record(self, _: usize, _: &dyn Fn() -> Value) {}
}

/// The future itself.
pub type Observed<F> = F;

/// No span.
#[derive(Debug)]
pub struct Begun;

/// Starts nothing.
#[inline]
pub fn later(_: &'static Site) -> Begun {
    Begun
}

/// Starts nothing.
#[inline]
pub fn later_root(_: &'static Site) -> Begun {
    Begun
}

/// Starts nothing.
#[inline]
pub fn begin(_: &'static Site) -> Begun {
    Begun
}

/// Starts nothing.
#[inline]
pub fn begin_under(_: &'static Site, _: &dyn Fn() -> Context) -> Begun {
    Begun
}

/// The future itself.
#[inline]
pub fn observe<F: Future, J: Judge<F::Output>>(_: Begun, future: F, _: J) -> F {
    future
}

/// The future itself.
#[inline]
pub fn observe_by<F, C>(_: Begun, future: F, _: C) -> F
where
    F: Future<Output: Fallible>,
    C: Fn(&<F::Output as Fallible>::Error) -> &'static str,
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
pub fn observe_call_by<F, C>(_: Begun, make: impl FnOnce() -> F, _: C) -> F
where
    F: Future<Output: Fallible>,
    C: Fn(&<F::Output as Fallible>::Error) -> &'static str,
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
