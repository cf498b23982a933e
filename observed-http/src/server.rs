//! The span of a request that this service answers.

use std::pin::Pin;
use std::task::{Context as Task, Poll};

use http::{HeaderMap, Request, Response, StatusCode};
use observed_runtime::context::propagation::extract;
use observed_runtime::{Context, context, observed, observed_record};
use tower_layer::Layer;
use tower_service::Service;

use crate::attributes::{method, version};
use crate::outcome::{Failed, judged};
use crate::route;

/// Makes the span of each request, under the span of the caller that its headers name.
///
/// The span ends with the head of the response: what is done while a streamed body is read is not in it. A status of 500 and
/// more fails it. Where nothing is recorded, what came in the headers is current all the same, so that it is forwarded.
#[derive(Clone, Copy, Debug)]
pub struct ServerLayer {
    place: Place,
}

/// Where the service is, as the program knows it: a request's headers say what the client wants them to.
#[derive(Clone, Copy, Debug)]
struct Place {
    scheme: &'static str,
    address: Option<&'static str>,
    port: Option<u16>,
}

impl ServerLayer {
    /// A layer for a service that is asked by `http`.
    #[must_use]
    pub fn new() -> Self {
        Self {
            place: Place {
                scheme: "http",
                address: None,
                port: None,
            },
        }
    }

    /// Says that the service is asked by `https`.
    #[must_use]
    pub fn https(mut self) -> Self {
        self.place.scheme = "https";
        self
    }

    /// Says under which name and port the service is asked.
    #[must_use]
    pub fn at(mut self, address: &'static str, port: u16) -> Self {
        (self.place.address, self.place.port) = (Some(address), Some(port));
        self
    }
}

impl Default for ServerLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Layer<S> for ServerLayer {
    type Service = Server<S>;

    fn layer(&self, inner: S) -> Server<S> {
        Server {
            inner,
            place: self.place,
        }
    }
}

/// The service that [`ServerLayer`] makes.
#[derive(Clone, Debug)]
pub struct Server<S> {
    inner: S,
    place: Place,
}

impl<S, B, R> Service<Request<B>> for Server<S>
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
        // The one that is ready answers; its clone need not be.
        let next = self.inner.clone();
        let ready = std::mem::replace(&mut self.inner, next);
        let answered = answer(ready, request, self.place);
        Box::pin(async move { answered.await.or_else(Failed::answer) })
    }
}

#[observed(
    name = route(request.method(), route::of(&request)),
    kind = server,
    parent = &caller(request.headers()),
    err = error.code,
    attrs(
        http.request.method = public_static(method(request.method())),
        http.route = public(route::text(&request)),
        url.scheme = public_static(place.scheme),
        server.address = public_static(place.address),
        server.port = place.port,
        network.protocol.version = public_static(version(request.version()))
    ),
    late(http.response.status_code: u16)
)]
async fn answer<S, B, R>(
    mut service: S,
    request: Request<B>,
    place: Place,
) -> Result<Response<R>, Failed<R, S::Error>>
where
    S: Service<Request<B>, Response = Response<R>>,
{
    let answer = service.call(request).await;
    if let Ok(response) = &answer {
        observed_record!(http.response.status_code = response.status().as_u16());
    }
    judged(answer, |status| status >= StatusCode::INTERNAL_SERVER_ERROR)
}

/// The span of the caller, or what is current where the headers name none.
fn caller(headers: &HeaderMap) -> Context {
    let caller = extract(headers);
    if caller.span_id().is_valid() {
        caller
    } else {
        context::current()
    }
}
