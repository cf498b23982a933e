//! Spans and events of real libraries: tower-http's and h2's.

use std::convert::Infallible;

use http::{Request, Response, StatusCode};
use observed_runtime::testing::{Capture, capture_future};
use observed_runtime::{observed, observed_span};
use observed_tracing::{List, event, layer, span};
use tower::{Service, ServiceExt, service_fn};
use tower_http::trace::TraceLayer;
use tracing::field::Empty;
use tracing::instrument::WithSubscriber;
use tracing::{Level, Span};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::SubscriberExt;

/// Drives `future` under the layer of this list, beside a layer of others that wants everything.
fn traced(list: &List, future: impl Future<Output = ()>) -> Capture {
    let others = tracing_subscriber::fmt::layer().with_writer(std::io::sink);
    let subscriber = Registry::default().with(layer(list).unwrap()).with(others);
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().unwrap();
    let captured = capture_future(future).with_subscriber(subscriber);
    runtime.block_on(captured).1
}

#[observed(name = "handle")]
async fn handle(request: Request<String>) -> Result<Response<String>, Infallible> {
    tokio::task::yield_now().await;
    let status = if request.uri().path() == "/broken" {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::OK
    };
    Ok(Response::builder()
        .status(status)
        .body(String::new())
        .unwrap())
}

/// A request to a service with tower-http's layer and a span of one's own, as its documentation has it.
async fn request(path: &str) {
    let make_span = |request: &Request<String>| {
        tracing::info_span!(
            target: "shop",
            "request",
            http.request.method = request.method().as_str(),
            url.path = request.uri().path(),
            uri = %request.uri(),
            http.response.status_code = Empty,
        )
    };
    let on_response = |response: &Response<String>, _: std::time::Duration, span: &Span| {
        span.record("http.response.status_code", response.status().as_u16());
        tracing::info!(target: "shop", status = response.status().as_u16(), "answered");
    };
    let trace = TraceLayer::new_for_http();
    let trace = trace.make_span_with(make_span).on_response(on_response);
    let mut service = tower::Layer::layer(&trace, service_fn(handle));
    let request = Request::builder().uri(path).body(String::new()).unwrap();
    let service = ServiceExt::<Request<String>>::ready(&mut service).await;
    service.unwrap().call(request).await.unwrap();
}

#[test]
fn a_request_of_tower_http_leaves_with_what_is_listed_and_is_the_parent_of_the_handler() {
    let request_span = span("shop", "request")
        .named("http_request")
        .up_to(Level::INFO);
    let list = List::new()
        .with(
            request_span
                .public("http.request.method")
                .number("http.response.status_code"),
        )
        .with(event("shop").named("answered").number("status"))
        .with(event("tower_http::trace::on_request").named("started"))
        .with(event("tower_http::trace::on_failure").named("failed"));
    let capture = traced(&list, async {
        request("/orders/ada@example.com").await;
        request("/broken").await;
    });
    let expected = "\
http_request http.request.method=\"GET\" http.response.status_code=200
  ! started
  ! answered status=200
  handle
http_request http.request.method=\"GET\" http.response.status_code=503
  ! started
  ! answered status=503
  ! failed
  handle
";
    assert_eq!(capture.tree(), expected);
    assert_eq!(capture.accounting.attributes_lost, 0);
}

#[test]
fn a_listed_event_inside_a_request_that_is_not_listed_is_of_the_observed_span_around() {
    let list = List::new().with(
        event("tower_http::trace::on_response")
            .named("answered")
            .number("status"),
    );
    let capture = traced(&list, async {
        let service = service_fn(handle);
        let mut service = tower::Layer::layer(&TraceLayer::new_for_http(), service);
        let call = service.call(Request::builder().body(String::new()).unwrap());
        observed_runtime::ObservedExt::observed(call, observed_span!(name = "serve"))
            .await
            .unwrap();
    });
    // Its own event is one of debug level, whose status is a number.
    assert_eq!(capture.tree(), "serve\n  ! answered status=200\n  handle\n");
}

/// Sends one request with a body from a client to a server of h2, and returns when both have ended.
async fn exchange() {
    let (client, server) = tokio::io::duplex(64 * 1024);
    let serve = async {
        let mut connection = h2::server::handshake(server).await.unwrap();
        while let Some(request) = connection.accept().await {
            let (_, mut respond) = request.unwrap();
            respond.send_response(Response::new(()), true).unwrap();
        }
    };
    let ask = async {
        let (mut sender, connection) = h2::client::handshake(client).await.unwrap();
        let send = async move {
            let request = Request::builder()
                .uri("http://localhost/")
                .body(())
                .unwrap();
            let (response, mut body) = sender.send_request(request, false).unwrap();
            {
                let _upload = observed_span!(name = "upload");
                body.send_data("hello".into(), true).unwrap();
            }
            response.await.unwrap();
        };
        tokio::join!(async { connection.await.unwrap() }, send);
    };
    tokio::join!(serve, ask);
}

#[test]
fn spans_of_h2_are_children_of_the_observed_ones_that_they_work_for() {
    let list = List::new()
        .with(span("h2::proto::connection", "Connection").named("h2_connection"))
        .with(
            span("h2::proto::streams::prioritize", "send_data")
                .named("h2_send_data")
                .number("sz")
                .number("requested"),
        );
    let capture = traced(&list, exchange());
    let upload = capture.span("upload").unwrap();
    let sent = capture.span("h2_send_data").unwrap();
    assert_eq!(sent.parent, upload.span_id);
    assert!(
        capture
            .tree()
            .contains("upload\n  h2_send_data sz=5 requested=0\n"),
        "{}",
        capture.tree()
    );
    let connections = capture
        .spans
        .iter()
        .filter(|span| span.name == "h2_connection");
    assert_eq!(
        connections.count(),
        2,
        "the client's and the server's, each a trace of its own"
    );
    let account = capture.accounting;
    assert_eq!(
        (account.started, account.open),
        (4, 0),
        "{}",
        capture.tree()
    );
}
