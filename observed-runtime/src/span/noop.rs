//! The same names where nothing is recorded: without the feature `enable` no annotation calls them, unless cargo has
//! built the macros for a program that has it as well.

#[cfg(feature = "http")]
mod forwarding;
#[cfg(not(feature = "http"))]
mod plain;

#[cfg(feature = "http")]
pub use forwarding::{
    Begun, Observed, ObservedExt, SpanGuard, begin_under, enter_under, observe, observe_by,
    observe_call, observe_call_by,
};
#[cfg(not(feature = "http"))]
pub use plain::{
    Begun, Observed, ObservedExt, SpanGuard, begin_under, enter_under, observe, observe_by,
    observe_call, observe_call_by,
};

use super::{ErrorCode, Fallible, Site};
use crate::identity::Context;
use crate::value::{AttributeValue, Value};

/// Nothing.
#[inline]
#[must_use]
pub fn current_of(_: &SpanGuard) -> Current {
    Current
}

/// Notes nothing.
#[inline]
pub fn set_result_by<R: Fallible, K: ErrorCode>(_: &SpanGuard, _: &R, _: impl Fn(&R::Error) -> K) {}

/// Starts nothing.
#[inline]
pub fn enter(_: &'static Site) -> SpanGuard {
    SpanGuard::NONE
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
    SpanGuard::NONE
}

/// Starts nothing.
#[inline]
pub fn enter_with(_: &'static Site, _: usize, _: &dyn Fn(usize) -> Value) -> SpanGuard {
    SpanGuard::NONE
}

/// Starts nothing.
#[inline]
pub fn enter_values<const N: usize>(_: &'static Site, _: [Value; N]) -> SpanGuard {
    SpanGuard::NONE
}

/// Starts nothing.
#[inline]
pub fn enter_root(_: &'static Site) -> SpanGuard {
    SpanGuard::NONE
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

    /// Notes nothing.
    #[inline]
    pub fn fail(self, _: &dyn Fn() -> Option<&'static str>) {}
}

/// Starts nothing.
#[inline]
pub fn later(_: &'static Site) -> Begun {
    Begun::NONE
}

/// Starts nothing.
#[inline]
pub fn later_root(_: &'static Site) -> Begun {
    Begun::NONE
}

/// Starts nothing.
#[inline]
pub fn begin(_: &'static Site) -> Begun {
    Begun::NONE
}

/// Starts nothing.
#[inline]
pub fn begin_root(_: &'static Site) -> Begun {
    Begun::NONE
}
