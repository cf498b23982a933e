//! A tower layer that makes a request's context current; it makes no span, because spans are put by hand.

use std::task::{Context as Task, Poll};

use tower_layer::Layer;
use tower_service::Service;

use super::body::{ExtractBody, ExtractFuture};
use super::headers::extract;
use crate::context::InContextExt;
use crate::context::current::{attach, current};

/// Runs each request in the context that its headers carry (R18).
///
/// A span that the handler starts is then a child of the caller's, without `parent = ...`, and so is one that starts while
/// the response's body is read. Where nothing is recorded, compiled out too, what came is current all the same, so that
/// [`inject`](super::inject) forwards it. A request without a
/// `traceparent`, or with a malformed one, runs as without the layer.
///
/// ```
/// use observed_runtime::context::propagation::ExtractLayer;
/// use tower_layer::Layer;
/// # fn service() -> impl Clone {}
///
/// let service = ExtractLayer.layer(service());
/// # drop(service);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct ExtractLayer;

impl<S> Layer<S> for ExtractLayer {
    type Service = Extract<S>;

    fn layer(&self, inner: S) -> Extract<S> {
        Extract { inner }
    }
}

/// The service that [`ExtractLayer`] makes.
#[derive(Clone, Debug)]
pub struct Extract<S> {
    inner: S,
}

impl<S, B, R> Service<http::Request<B>> for Extract<S>
where
    S: Service<http::Request<B>, Response = http::Response<R>>,
{
    type Response = http::Response<ExtractBody<R>>;
    type Error = S::Error;
    type Future = ExtractFuture<S::Future>;

    fn poll_ready(&mut self, task: &mut Task<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(task)
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let remote = extract(request.headers());
        let context = if remote.is_a_span() {
            remote.clone()
        } else {
            current()
        };
        // The inner service may start its work in the call.
        let future = {
            let _attached = attach(&context);
            self.inner.call(request)
        };
        ExtractFuture {
            future: future.in_context(context),
            context: remote,
        }
    }
}
