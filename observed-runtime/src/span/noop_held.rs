//! The names of `held` where nothing is recorded.

use std::marker::PhantomData;

use super::Site;
use crate::identity::Context;
use crate::value::Value;

/// A span that there never is.
#[derive(Debug)]
pub struct Held(Never);

#[derive(Debug)]
enum Never {}

/// A held span that is never current.
#[derive(Debug)]
pub struct HeldEntered {
    _on_one_thread: PhantomData<*const ()>,
}

/// An event that is none.
#[derive(Debug)]
pub struct Moment;

impl Moment {
    /// Nothing.
    #[must_use]
    pub fn now(_: &'static Site, _: Vec<Value>) -> Self {
        Self
    }

    /// Counts nothing.
    pub fn lost(self, _: &Context) {}
}

impl Held {
    /// Starts nothing.
    #[inline]
    #[must_use]
    pub fn start(_: &'static Site, _: Option<Context>) -> Option<Self> {
        None
    }

    /// Never.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        match self.0 {}
    }

    /// Nowhere.
    #[must_use]
    pub fn context(&self) -> Context {
        match self.0 {}
    }

    /// Records nothing.
    pub fn record(&mut self, _: &[Value]) {}

    /// Records nothing.
    pub fn record_late(&mut self, _: usize, _: Value) {}

    /// Adds nothing.
    pub fn link(&mut self, _: Context) {}

    /// Adds nothing.
    pub fn add(&mut self, _: Moment) {}

    /// Makes nothing current.
    ///
    /// # Errors
    ///
    /// The span itself.
    pub fn enter(self) -> Result<HeldEntered, Self> {
        Err(self)
    }
}

impl HeldEntered {
    /// Makes nothing current.
    #[must_use]
    pub fn again(_: &Context) -> Self {
        Self {
            _on_one_thread: PhantomData,
        }
    }

    /// Nothing.
    #[must_use]
    pub fn leave(self) -> Option<Held> {
        None
    }
}

/// Records nothing.
pub fn record_late_at(_: &Context, _: usize, _: Value) {}

/// Nothing to be added: there is no span.
#[must_use]
pub fn event_at(_: &Context, _: &'static Site, _: impl FnOnce() -> Vec<Value>) -> bool {
    true
}

/// Nothing to be added: there is no span.
#[inline]
#[must_use]
pub fn event_here(_: &'static Site, _: impl FnOnce() -> Vec<Value>) -> bool {
    true
}
