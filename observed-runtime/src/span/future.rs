//! The wrapper of an observed future: its span is current during each poll and ends when the future does.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context as Task, Poll};

use super::guard::checked_parent;
use super::{Fallible, Site};
use crate::context::Context;
use crate::record::open::Outcome;
use crate::record::start::{self, Started};
use crate::record::thread;
use crate::switch;

pin_project_lite::pin_project! {
    /// A future with a span.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Observed<F, J = NoVerdict> {
        span: Started,
        #[pin]
        future: F,
        judge: PhantomData<J>,
    }

    impl<F, J> PinnedDrop for Observed<F, J> {
        fn drop(this: Pin<&mut Self>) {
            if let Started::Recording(span) = std::mem::replace(this.project().span, Started::Off) {
                thread::finish(span, Outcome::Cancelled);
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
        span: begin(site, parent),
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
        span: begin(site, parent),
        future,
        judge: PhantomData,
    }
}

#[inline]
fn begin(site: &'static Site, parent: Option<&dyn Fn() -> Context>) -> Started {
    if switch::is_on() {
        start::start(site, parent.and_then(checked_parent))
    } else {
        Started::Off
    }
}

impl<F: Future, J: Judge<F::Output>> Future for Observed<F, J> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, task: &mut Task<'_>) -> Poll<F::Output> {
        let this = self.project();
        if matches!(this.span, Started::Off) {
            return this.future.poll(task);
        }
        let polled = {
            let _entered = Entered::enter(this.span);
            this.future.poll(task)
        };
        if let Poll::Ready(output) = &polled {
            let outcome = J::error_type(output).map_or(Outcome::Returned, Outcome::Failed);
            if let Started::Recording(span) = std::mem::replace(this.span, Started::Off) {
                thread::finish(span, outcome);
            }
        }
        polled
    }
}

/// The span on this thread's stack for the time of one poll.
struct Entered<'a> {
    span: &'a mut Started,
    on_stack: OnStack,
}

enum OnStack {
    Open(usize),
    Attached { _context: thread::Attached },
    Nothing,
}

impl<'a> Entered<'a> {
    fn enter(span: &'a mut Started) -> Self {
        let on_stack = match std::mem::replace(span, Started::Off) {
            Started::Recording(open) => match thread::push_open(open) {
                Ok(place) => OnStack::Open(place),
                Err(back) => {
                    *span = back.map_or(Started::Off, Started::Recording);
                    OnStack::Nothing
                }
            },
            Started::Unsampled(context) => {
                let attached = thread::attach(&context);
                *span = Started::Unsampled(context);
                OnStack::Attached { _context: attached }
            }
            Started::Off => OnStack::Nothing,
        };
        Self { span, on_stack }
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        let OnStack::Open(place) = self.on_stack else {
            return;
        };
        if let Some(open) = thread::pop_open(place) {
            if std::thread::panicking() && !open.started_panicking {
                // The future will not be polled again; the span ends here so that the panic is on the innermost.
                thread::finish(open, Outcome::Returned);
            } else {
                *self.span = Started::Recording(open);
            }
        }
    }
}
