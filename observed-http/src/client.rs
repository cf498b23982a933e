//! The span of a request that this service makes.

use std::pin::Pin;
use std::task::{Context as Task, Poll};

use http::{Request, Response, StatusCode};
use observed_runtime::context::propagation::inject;
use observed_runtime::{context, observed, observed_record};
use tower_layer::Layer;
use tower_service::Service;

use crate::attributes::{host, method, port, scheme};
use crate::outcome::{Failed, judged};
use crate::route;

/// Makes the span of each request and writes its context into the headers.
///
/// Its name is the method and the [`Route`](crate::Route) in the request's extensions, or the method alone. A status of 400 and
/// more fails it. Where nothing is recorded, what came from this service's caller is forwarded.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClientLayer;

impl ClientLayer {
    /// The layer.
    #[must_use]
    pub fn new() -> Self {
        Self
    }
}

impl<S> Layer<S> for ClientLayer {
    type Service = Client<S>;

    fn layer(&self, inner: S) -> Client<S> {
        Client { inner }
    }
}

/// The service that [`ClientLayer`] makes.
#[derive(Clone, Debug)]
pub struct Client<S> {
    inner: S,
}

impl<S, B, R> Service<Request<B>> for Client<S>
where
    S: Service<Request<B>, Response = Response<R>, Error: Send, Future: Send>,
    S: Clone + Send + 'static,
    B: Send + 'static,
    R: Send + 'static,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, S::Error>> + Send>>;

    fn poll_ready(&mut self, task: &mut Task<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(task)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let next = self.inner.clone();
        let ready = std::mem::replace(&mut self.inner, next);
        let port = port(&request);
        let sent = send(ready, request, port);
        Box::pin(async move { sent.await.or_else(Failed::answer) })
    }
}

#[observed(
    name = route(request.method(), route::of(&request)),
    kind = client,
    err = error.code,
    attrs(
        http.request.method = public_static(method(request.method())),
        url.scheme = public_static(scheme(&request)),
        server.address = public(host(&request)),
        server.port = port
    ),
    late(http.response.status_code: u16)
)]
async fn send<S, B, R>(
    mut service: S,
    mut request: Request<B>,
    port: Option<u16>,
) -> Result<Response<R>, Failed<R, S::Error>>
where
    S: Service<Request<B>, Response = Response<R>>,
{
    inject(&context::current(), request.headers_mut());
    let answer = service.call(request).await;
    if let Ok(response) = &answer {
        observed_record!(http.response.status_code = response.status().as_u16());
    }
    judged(answer, |status| status >= StatusCode::BAD_REQUEST)
}
