//! The wrapper of an observed future: its span is current during each poll and ends when the future does.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context as Task, Poll};

use super::guard::checked_parent;
use super::{Fallible, Site};
use crate::context::Context;
use crate::record::open::Outcome;
use crate::record::start;
use crate::record::thread::{self, Entry};
use crate::switch;

pin_project_lite::pin_project! {
    /// A future with a span.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Observed<F, J = NoVerdict> {
        // In one word: most futures of a program are not recorded.
        entry: Option<Box<Entry>>,
        #[pin]
        future: F,
        judge: PhantomData<J>,
    }

    impl<F, J> PinnedDrop for Observed<F, J> {
        fn drop(this: Pin<&mut Self>) {
            if let Some(entry) = this.project().entry.take() {
                thread::finish(*entry, Outcome::Cancelled);
            }
        }
    }
}

/// What the output of a future says of its span.
pub trait Judge<T> {
    /// The type of the error, if the output is one.
    fn error_type(output: &T) -> Option<&'static str>;
}

/// Without `err`: the output is not looked at.
#[derive(Debug)]
pub struct NoVerdict;

impl<T> Judge<T> for NoVerdict {
    fn error_type(_: &T) -> Option<&'static str> {
        None
    }
}

/// With `err`: an `Err` fails the span.
#[derive(Debug)]
pub struct ByResult;

impl<T: Fallible> Judge<T> for ByResult {
    fn error_type(output: &T) -> Option<&'static str> {
        output.error_type()
    }
}

/// Starts the span of `site` and wraps `future`; called at the first poll of an `async fn`.
#[inline]
pub fn observe<F: Future>(
    site: &'static Site,
    parent: Option<&dyn Fn() -> Context>,
    future: F,
) -> Observed<F> {
    Observed {
        entry: begin(site, parent),
        future,
        judge: PhantomData,
    }
}

/// Like [`observe`], for a future whose output is a `Result` that is looked at.
#[inline]
pub fn observe_result<F: Future>(
    site: &'static Site,
    parent: Option<&dyn Fn() -> Context>,
    future: F,
) -> Observed<F, ByResult>
where
    F::Output: Fallible,
{
    Observed {
        entry: begin(site, parent),
        future,
        judge: PhantomData,
    }
}

#[inline]
fn begin(site: &'static Site, parent: Option<&dyn Fn() -> Context>) -> Option<Box<Entry>> {
    if switch::is_on() {
        start::start(site, parent.and_then(checked_parent))
    } else {
        None
    }
}

impl<F: Future, J: Judge<F::Output>> Future for Observed<F, J> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, task: &mut Task<'_>) -> Poll<F::Output> {
        let this = self.project();
        if this.entry.is_none() {
            return this.future.poll(task);
        }
        let polled = {
            let _entered = Entered::enter(this.entry);
            this.future.poll(task)
        };
        if let Poll::Ready(output) = &polled
            && let Some(entry) = this.entry.take()
        {
            let outcome = J::error_type(output).map_or(Outcome::Returned, Outcome::Failed);
            thread::finish(*entry, outcome);
        }
        polled
    }
}

/// The entry on this thread's stack for the time of one poll.
struct Entered<'a> {
    entry: &'a mut Option<Box<Entry>>,
    place: Option<usize>,
}

impl<'a> Entered<'a> {
    fn enter(entry: &'a mut Option<Box<Entry>>) -> Self {
        let place = entry
            .take()
            .and_then(|current| match thread::push(current) {
                Ok(place) => Some(place),
                Err(back) => {
                    *entry = back;
                    None
                }
            });
        Self { entry, place }
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        let Some(entry) = self.place.and_then(thread::pop) else {
            return;
        };
        let panicked =
            std::thread::panicking() && entry.open().is_some_and(|span| !span.started_panicking);
        if panicked {
            // The future will not be polled again, and the panic belongs to the innermost span that it leaves.
            thread::finish(*entry, Outcome::Returned);
        } else {
            *self.entry = Some(entry);
        }
    }
}
