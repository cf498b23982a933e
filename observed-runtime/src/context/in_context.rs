//! Futures that carry a context to whichever thread polls them.

use std::future::Future;
use std::pin::Pin;
use std::task;

use super::{Context, current, current::attach};

pin_project_lite::pin_project! {
    /// A future that runs in a context; made by [`InContextExt`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct InContext<F> {
        context: Context,
        #[pin]
        future: F,
    }
}

impl<F: Future> Future for InContext<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, task: &mut task::Context<'_>) -> task::Poll<F::Output> {
        let this = self.project();
        let _attached = attach(this.context);
        this.future.poll(task)
    }
}

/// Adds the carrying of contexts to every future.
pub trait InContextExt: Future + Sized {
    /// Runs the future in the context of the place of this call, for `tokio::spawn` and its like.
    fn in_current_context(self) -> InContext<Self> {
        self.in_context(current())
    }

    /// Runs the future in `context`.
    fn in_context(self, context: Context) -> InContext<Self> {
        InContext {
            context,
            future: self,
        }
    }
}

impl<F: Future> InContextExt for F {}
