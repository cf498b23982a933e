//! A span that has just become current on this thread, to be given its attributes and links.

use super::Site;
use super::late::Late;
use crate::identity::Context;
use crate::panics::swallowing;
use crate::switch;
use crate::thread::attach::attach;
use crate::thread::{annotate, attributes};
use crate::value::Value;

/// A span on top of this thread's stack, or nothing where none is recorded.
#[derive(Clone, Copy, Debug)]
pub struct Current {
    index: Option<usize>,
}

/// The span of `site`, which the code around has just made current.
#[inline]
pub fn current(site: &'static Site) -> Current {
    let index = if switch::is_on() {
        annotate::fresh_top(site)
    } else {
        None
    };
    Current { index }
}

impl Current {
    #[inline]
    pub(super) fn at(index: Option<usize>) -> Self {
        Self { index }
    }

    /// Records the attributes; `value` is asked for each of them in turn, if the span is recorded.
    #[inline]
    #[must_use = "the expansion goes on with it"]
    pub fn record(self, count: usize, value: &dyn Fn(usize) -> Value) -> Self {
        if let Some(index) = self.index {
            attributes::record(index, count, value);
        }
        self
    }

    /// Records the links; `links` is asked only if the span is recorded, and as before it: the current context is the one that
    /// the span was started in.
    #[inline]
    #[must_use = "the expansion goes on with it"]
    pub fn link(self, links: &dyn Fn() -> Vec<Context>) -> Self {
        if let Some(index) = self.index {
            let links = {
                let _around = attach(&annotate::context_around(index));
                swallowing(links)
            };
            annotate::set_links(index, links);
        }
        self
    }

    /// The span, for its late attributes.
    #[inline]
    #[must_use]
    pub fn late(self) -> Late {
        Late::of(self.index.and_then(annotate::address))
    }

    /// Ends the chain.
    #[inline]
    pub fn done(self) {}
}

/// Adds an event to the current span of this thread; its attributes are evaluated only if there is one.
#[inline]
pub fn event(site: &'static Site, count: usize, value: &dyn Fn(usize) -> Value) {
    if switch::is_on() && annotate::takes_events() {
        annotate::add_event(site, evaluate(count, value));
    }
}

/// Asks for every value; one whose expression panics is lost, the others are not.
#[inline(never)]
fn evaluate(count: usize, value: &dyn Fn(usize) -> Value) -> Vec<Value> {
    let mut values = Vec::with_capacity(count);
    while values.len() < count {
        // One catch for all values in the common case; after a panic it goes on with the next one.
        swallowing(|| {
            while values.len() < count {
                let index = values.len();
                values.push(Value::REFUSED);
                values[index] = value(index);
            }
        });
    }
    values
}
