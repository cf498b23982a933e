//! The wrapper of an observed future: its span is current during each poll and ends when the future does.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context as Task, Poll};

use super::begun::{Begin, Begun, Slot};
use super::outcome::{Judge, NoVerdict, by_code};
use super::{ErrorCode, Fallible, SpanGuard};
use crate::record::open::Outcome;
use crate::thread::future;

pin_project_lite::pin_project! {
    /// A future with a span.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Observed<F, J = NoVerdict, S: Begin = Begun> {
        span: S,
        #[pin]
        future: F,
        judge: J,
    }

    impl<F, J, S: Begin> PinnedDrop for Observed<F, J, S> {
        fn drop(this: Pin<&mut Self>) {
            if let Some(suspended) = this.project().span.take().0 {
                future::finish(suspended, Outcome::Cancelled);
            }
        }
    }
}

/// Makes a span current in the polls of `future`.
#[inline]
pub fn observe<F, J, S>(span: S, future: F, judge: J) -> Observed<F, J, S>
where
    F: Future,
    J: Judge<F::Output>,
    S: Begin,
{
    Observed {
        span,
        future,
        judge,
    }
}

/// Like [`observe`], with `err = expr`; the bound tells the closure the type of its error.
#[inline]
pub fn observe_by<F, C, K, S>(
    span: S,
    future: F,
    code: C,
) -> Observed<F, impl Fn(&F::Output) -> Option<&'static str>, S>
where
    F: Future<Output: Fallible>,
    C: Fn(&<F::Output as Fallible>::Error) -> K,
    K: ErrorCode,
    S: Begin,
{
    observe(span, future, by_code(code))
}

/// Makes a span current while `make` makes a future and in the polls of that future.
#[inline]
pub fn observe_call<F: Future, J: Judge<F::Output>>(
    mut span: Begun,
    make: impl FnOnce() -> F,
    judge: J,
) -> Observed<F, J> {
    let future = {
        let _entered = span.slot().map(Entered::enter);
        make()
    };
    observe(span, future, judge)
}

/// Like [`observe_call`], with `err = expr`.
#[inline]
pub fn observe_call_by<F, C, K>(
    span: Begun,
    make: impl FnOnce() -> F,
    code: C,
) -> Observed<F, impl Fn(&F::Output) -> Option<&'static str>>
where
    F: Future<Output: Fallible>,
    C: Fn(&<F::Output as Fallible>::Error) -> K,
    K: ErrorCode,
{
    observe_call(span, make, by_code(code))
}

/// Adds the observing of futures by a span that `observed_span!` has started.
pub trait ObservedExt: Future + Sized {
    /// Makes `span` current in the polls of this future, until it completes or is dropped.
    ///
    /// ```
    /// use observed_runtime::{ObservedExt, observed_span};
    ///
    /// async fn fetch(rows: u32) -> u32 {
    ///     let read = async { rows + 1 };
    ///     read.observed(observed_span!(name = "read_rows", attrs(rows))).await
    /// }
    /// # drop(fetch(1));
    /// ```
    fn observed(self, span: SpanGuard) -> Observed<Self> {
        Observed {
            span: Begun::started(span.into_suspended()),
            future: self,
            judge: NoVerdict,
        }
    }
}

impl<F: Future> ObservedExt for F {}

impl<F: Future, J: Judge<F::Output>, S: Begin> Future for Observed<F, J, S> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, task: &mut Task<'_>) -> Poll<F::Output> {
        let this = self.project();
        this.span.start_now();
        let Some(slot) = this.span.slot() else {
            return this.future.poll(task);
        };
        let polled = {
            let _entered = Entered::enter(slot);
            this.future.poll(task)
        };
        if let Poll::Ready(output) = &polled
            && let Some(suspended) = this.span.take().0
        {
            let outcome = this
                .judge
                .error_type(output)
                .map_or(Outcome::Returned, Outcome::Failed);
            future::finish(suspended, outcome);
        }
        polled
    }
}

/// The entry on this thread's stack for the time of one poll.
struct Entered<'a> {
    slot: &'a mut Slot,
    index: Option<usize>,
}

impl<'a> Entered<'a> {
    fn enter(slot: &'a mut Slot) -> Self {
        let index = slot
            .0
            .take()
            .and_then(|suspended| match future::resume(suspended) {
                Ok(index) => Some(index),
                Err(back) => {
                    slot.0 = back;
                    None
                }
            });
        Self { slot, index }
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        let Some(suspended) = self.index.and_then(future::suspend) else {
            return;
        };
        let panicked = std::thread::panicking()
            && suspended.open().is_some_and(|span| !span.started_panicking);
        if panicked {
            // The future will not be polled again, and the panic belongs to the innermost span that it leaves.
            future::finish(suspended, Outcome::Returned);
        } else {
            self.slot.0 = Some(suspended);
        }
    }
}
