//! Bodies that are polled in a request's context: what a streamed response does belongs to the request too.

use std::pin::Pin;
use std::task::{Context as Task, Poll, ready};

use http_body::{Body, Frame, SizeHint};

use crate::context::current::attach;
use crate::context::{Context, InContext};

pin_project_lite::pin_project! {
    /// The response's body, polled in the context that the request's headers carry; made by
    /// [`ExtractLayer`](super::layer::ExtractLayer).
    #[derive(Debug)]
    pub struct ExtractBody<B> {
        context: Context,
        #[pin]
        body: B,
    }
}

impl<B: Body> Body for ExtractBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        task: &mut Task<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let this = self.project();
        // Where the headers carry none it is as without the layer.
        let _attached = this.context.is_a_span().then(|| attach(this.context));
        this.body.poll_frame(task)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

pin_project_lite::pin_project! {
    /// A request that is answered in its context, body and all.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct ExtractFuture<F> {
        #[pin]
        pub(super) future: InContext<F>,
        pub(super) context: Context,
    }
}

impl<F, B, E> Future for ExtractFuture<F>
where
    F: Future<Output = Result<http::Response<B>, E>>,
{
    type Output = Result<http::Response<ExtractBody<B>>, E>;

    fn poll(self: Pin<&mut Self>, task: &mut Task<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let response = ready!(this.future.poll(task));
        let context = std::mem::take(this.context);
        Poll::Ready(response.map(|response| response.map(|body| ExtractBody { context, body })))
    }
}
