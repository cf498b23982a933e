//! The guard of a synchronous span: current from here to the end of the block.

use std::marker::PhantomData;
use std::mem::ManuallyDrop;

use super::current::Current;
use super::outcome::{Judge, by_code};
use super::{ErrorCode, Fallible, Site};
use crate::identity::Context;
use crate::panics::swallowing;
use crate::record::open::Outcome;
use crate::switch;
use crate::thread::start::Entered;
use crate::thread::{self, SuspendedSpan, annotate, attributes, end, future, start};
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
/// so it cannot be held across an `.await` of a future that is `Send`. Annotate the `async fn` with `#[observed]`, or
/// give the span to `.observed(...)` of [`ObservedExt`](crate::ObservedExt) instead.
#[derive(Debug)]
#[must_use = "the span ends when its guard is dropped: write `let _span = observed_span!(...)`"]
pub struct SpanGuard {
    /// Zero where nothing was pushed; else twice the index on the thread's stack and two, and one more where the span is
    /// recorded. In one register, because every call of every annotated function carries it, recorded or not.
    packed: usize,
    _on_one_thread: PhantomData<*const ()>,
}

/// Starts the span of `site` under the current context.
#[inline]
pub fn enter(site: &'static Site) -> SpanGuard {
    if switch::is_on() {
        entered(site)
    } else {
        SpanGuard::OFF
    }
}

// Whatever leads to a recorded span is `cold`: what the compiler then keeps out of the way is the saving of registers, and
// a call that is not recorded has half the instructions.

/// True when a span without a parent of its own could be recorded here. The expansion asks before it names what the
/// attributes are made of, so that a call which is not recorded costs a load or two and a branch.
#[inline]
#[must_use]
pub fn may_record() -> bool {
    switch::is_on() && !thread::is_silent()
}

/// What stands in the place of a span where [`may_record`] says no.
#[inline]
pub fn no_span() -> SpanGuard {
    SpanGuard::OFF
}

/// Starts the span of `site` under the current context, with attributes; `value` is asked for each of them in turn, if
/// the span is recorded.
#[cold]
#[inline(never)]
pub fn enter_with(site: &'static Site, count: usize, value: &dyn Fn(usize) -> Value) -> SpanGuard {
    let guard = SpanGuard::at(start::enter(site));
    if let Some(index) = guard.recorded() {
        attributes::record(index, count, value);
    }
    guard
}

/// Starts the span of `site` with attributes that are at hand: names, whose evaluation runs no code of the user's.
#[cold]
#[inline(never)]
pub fn enter_values<const N: usize>(site: &'static Site, values: [Value; N]) -> SpanGuard {
    // Dropped here and not at every annotation; and because few own memory, what does is looked for first.
    let values = ManuallyDrop::new(values);
    let guard = enter_slice(site, &*values);
    if values.iter().any(Value::owns_memory) {
        drop(ManuallyDrop::into_inner(values));
    }
    guard
}

#[inline(never)]
fn enter_slice(site: &'static Site, values: &[Value]) -> SpanGuard {
    SpanGuard::at(start::enter_values(site, values))
}

/// Starts the span of `site` as the root of a trace.
#[inline]
pub fn enter_root(site: &'static Site) -> SpanGuard {
    if switch::is_on() {
        entered_root(site)
    } else {
        SpanGuard::OFF
    }
}

/// True where a parent is asked for: the span may be recorded, or what the parent names is to be forwarded although it is
/// not (ADR 025).
#[inline]
pub(super) fn asks_for_parent() -> bool {
    cfg!(feature = "http") || switch::is_on()
}

/// Starts the span of `site` under `parent`. Where it is not recorded, the parent is current without a span.
#[inline]
pub fn enter_under(site: &'static Site, parent: &dyn Fn() -> Context) -> SpanGuard {
    if asks_for_parent() {
        entered_under(site, parent)
    } else {
        SpanGuard::OFF
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

#[cold]
#[inline(never)]
fn entered(site: &'static Site) -> SpanGuard {
    SpanGuard::at(start::enter(site))
}

#[cold]
#[inline(never)]
fn entered_root(site: &'static Site) -> SpanGuard {
    SpanGuard::at(start::enter_under(site, Some(Context::default())))
}

#[cold]
#[inline(never)]
fn entered_under(site: &'static Site, parent: &dyn Fn() -> Context) -> SpanGuard {
    SpanGuard::at(start::enter_under(site, checked_parent(parent)))
}

impl SpanGuard {
    const OFF: Self = Self {
        packed: 0,
        _on_one_thread: PhantomData,
    };

    #[inline]
    fn at(entered: Option<Entered>) -> Self {
        Self {
            packed: entered.map_or(0, |entered| {
                (entered.index + 1) << 1 | usize::from(entered.is_recorded)
            }),
            _on_one_thread: PhantomData,
        }
    }

    /// The index on the thread's stack.
    #[inline]
    fn index(&self) -> Option<usize> {
        (self.packed >> 1).checked_sub(1)
    }

    /// The index of a recorded span.
    #[inline]
    fn recorded(&self) -> Option<usize> {
        self.index().filter(|_| self.packed & 1 != 0)
    }

    #[inline]
    fn judge<R>(&self, result: &R, judge: &impl Judge<R>) {
        if let Some(index) = self.recorded()
            && let Some(error_type) = judge.error_type(result)
        {
            annotate::set_outcome(index, Outcome::Failed(error_type));
        }
    }

    /// Takes the span off this thread, to be made current in the polls of a future.
    pub(super) fn into_suspended(self) -> Option<Box<SuspendedSpan>> {
        let index = self.index();
        std::mem::forget(self);
        let mut suspended = future::suspend(index?)?;
        future::note_held(&mut suspended);
        Some(suspended)
    }
}

/// The span of a guard, to be given its attributes and links.
#[inline]
#[must_use]
pub fn current_of(guard: &SpanGuard) -> Current {
    Current::at(guard.recorded())
}

/// Notes an error that the function is about to return, by a code.
#[inline]
pub fn set_result_by<R: Fallible, K: ErrorCode>(
    guard: &SpanGuard,
    result: &R,
    code: impl Fn(&R::Error) -> K,
) {
    guard.judge(result, &by_code(code));
}

impl Drop for SpanGuard {
    #[inline]
    fn drop(&mut self) {
        if self.packed != 0 {
            exit(self.packed);
        }
    }
}

#[cold]
#[inline(never)]
fn exit(packed: usize) {
    end::exit((packed >> 1).wrapping_sub(1));
}
