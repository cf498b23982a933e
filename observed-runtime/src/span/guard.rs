//! The guard of a synchronous span: current from here to the end of the block.

use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Fallible, Site};
use crate::context::Context;
use crate::record::open::Outcome;
use crate::record::{start, thread};
use crate::switch;
use crate::value::Value;

/// A span that is current until this guard is dropped; made by `observed_span!`.
///
/// It belongs to the thread that made it:
///
/// ```compile_fail,E0277
/// fn is_send<T: Send>(_: T) {}
/// is_send(observed_runtime::observed_span!(name = "read_block"));
/// ```
///
/// so it cannot be held across an `.await` of a future that is `Send`.
#[derive(Debug)]
#[must_use = "the span ends when its guard is dropped: write `let _span = observed_span!(...)`"]
pub struct SpanGuard {
    /// The place on the thread's stack; `OFF` where nothing was pushed.
    place: usize,
    recording: bool,
    _on_one_thread: PhantomData<*const ()>,
}

const OFF: usize = usize::MAX;

/// Starts the span of `site` under the current context.
#[inline]
pub fn enter(site: &'static Site) -> SpanGuard {
    if switch::is_on() {
        entered(site, None)
    } else {
        SpanGuard::off()
    }
}

/// Starts the span of `site` under `parent`, which is asked for only when the span may be recorded.
#[inline]
pub fn enter_under(site: &'static Site, parent: &dyn Fn() -> Context) -> SpanGuard {
    if switch::is_on() {
        entered(site, checked_parent(parent))
    } else {
        SpanGuard::off()
    }
}

/// The parent, or the current context where its expression panics.
pub(super) fn checked_parent(parent: &dyn Fn() -> Context) -> Option<Context> {
    catch_unwind(AssertUnwindSafe(parent)).ok()
}

#[inline(never)]
fn entered(site: &'static Site, parent: Option<Context>) -> SpanGuard {
    match start::enter(site, parent) {
        Some((place, recording)) => SpanGuard {
            place,
            recording,
            _on_one_thread: PhantomData,
        },
        None => SpanGuard::off(),
    }
}

impl SpanGuard {
    #[inline]
    fn off() -> Self {
        Self {
            place: OFF,
            recording: false,
            _on_one_thread: PhantomData,
        }
    }

    /// Records the attributes; `value` is asked for each of them in turn, if the span is recorded.
    #[inline]
    pub fn record(&self, count: usize, value: &dyn Fn(usize) -> Value) {
        if self.recording {
            thread::set_values(self.place, evaluate(count, value));
        }
    }

    /// Notes an error that the function is about to return.
    #[inline]
    pub fn set_result<R: Fallible + ?Sized>(&self, result: &R) {
        if self.recording
            && let Some(error_type) = result.error_type()
        {
            thread::set_outcome(self.place, Outcome::Failed(error_type));
        }
    }
}

impl Drop for SpanGuard {
    #[inline]
    fn drop(&mut self) {
        if self.place != OFF {
            thread::exit(self.place);
        }
    }
}

/// Records the attributes of the span of `site`, which a future has just put on top of the stack.
#[inline]
pub fn record_current(site: &'static Site, count: usize, value: &dyn Fn(usize) -> Value) {
    if switch::is_on()
        && let Some(place) = thread::fresh_top(site)
    {
        thread::set_values(place, evaluate(count, value));
    }
}

/// Asks for every value; one whose expression panics is lost, the others are not.
#[inline(never)]
fn evaluate(count: usize, value: &dyn Fn(usize) -> Value) -> Vec<Value> {
    let mut values = Vec::with_capacity(count);
    while values.len() < count {
        // One catch for all values in the common case; after a panic it goes on with the next one.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            while values.len() < count {
                let index = values.len();
                values.push(Value::REFUSED);
                values[index] = value(index);
            }
        }));
    }
    values
}
