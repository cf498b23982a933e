//! The guard of a synchronous span: current from here to the end of the block.

use std::marker::PhantomData;

use super::current::Current;
use super::outcome::{Judge, by_code, by_type};
use super::{Fallible, Site};
use crate::context::Context;
use crate::panics::swallowing;
use crate::record::open::Outcome;
use crate::record::{annotate, kept, start, thread};
use crate::switch;

/// A span that is current until this guard is dropped; made by `observed_span!`.
///
/// It belongs to the thread that made it:
///
/// ```compile_fail,E0277
/// fn is_send<T: Send>(_: T) {}
/// is_send(observed_runtime::observed_span!(name = "read_block"));
/// ```
///
/// so it cannot be held across an `.await` of a future that is `Send`. Annotate the `async fn` with `#[observed]`, or
/// give the span to `.observed(...)` of [`ObservedExt`](crate::ObservedExt) instead.
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

/// The parent, or the current context where its expression panics; that is counted.
pub(super) fn checked_parent(parent: &dyn Fn() -> Context) -> Option<Context> {
    let parent = swallowing(parent);
    if parent.is_none() {
        annotate::count_lost();
    }
    parent
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

    /// The span, to be given its attributes and links.
    #[doc(hidden)]
    #[inline]
    #[must_use]
    pub fn current(&self) -> Current {
        Current::at(self.recording.then_some(self.place))
    }

    /// Notes an error that the function is about to return, by its type.
    #[doc(hidden)]
    #[inline]
    pub fn set_result<R: Fallible>(&self, result: &R) {
        self.judge(result, &by_type);
    }

    /// Notes an error that the function is about to return, by a code.
    #[doc(hidden)]
    #[inline]
    pub fn set_result_by<R: Fallible>(&self, result: &R, code: impl Fn(&R::Error) -> &'static str) {
        self.judge(result, &by_code(code));
    }

    #[inline]
    fn judge<R>(&self, result: &R, judge: &impl Judge<R>) {
        if self.recording
            && let Some(error_type) = judge.error_type(result)
        {
            annotate::set_outcome(self.place, Outcome::Failed(error_type));
        }
    }

    /// Takes the span off this thread, to be made current in the polls of a future.
    pub(super) fn into_entry(self) -> Option<Box<thread::Entry>> {
        let place = self.place;
        std::mem::forget(self);
        if place == OFF {
            None
        } else {
            let mut entry = kept::pop(place)?;
            kept::keep(&mut entry);
            Some(entry)
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
