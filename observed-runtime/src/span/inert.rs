//! The same names where nothing is recorded: without the feature `enable` no annotation calls them, unless cargo has
//! built the macros for a program that has it as well.

use std::future::Future;
use std::marker::PhantomData;

use super::{Fallible, Site};
use crate::context::Context;
use crate::value::Value;

/// A span that is current until this guard is dropped; made by `observed_span!`.
#[derive(Debug)]
#[must_use = "the span ends when its guard is dropped: write `let _span = observed_span!(...)`"]
pub struct SpanGuard {
    _on_one_thread: PhantomData<*const ()>,
}

impl SpanGuard {
    /// Records nothing.
    #[inline]
    pub fn record(&self, _: usize, _: &dyn Fn(usize) -> Value) {}

    /// Notes nothing.
    #[inline]
    pub fn set_result<R: Fallible + ?Sized>(&self, _: &R) {}
}

/// Starts nothing.
#[inline]
pub fn enter(_: &'static Site) -> SpanGuard {
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

/// Records nothing.
#[inline]
pub fn record_current(_: &'static Site, _: usize, _: &dyn Fn(usize) -> Value) {}

/// The future itself.
pub type Observed<F> = F;

/// The future itself.
#[inline]
pub fn observe<F: Future>(_: &'static Site, _: Option<&dyn Fn() -> Context>, future: F) -> F {
    future
}

/// The future itself.
#[inline]
pub fn observe_result<F: Future>(_: &'static Site, _: Option<&dyn Fn() -> Context>, future: F) -> F
where
    F::Output: Fallible,
{
    future
}
