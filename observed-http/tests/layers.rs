//! The layers around a router of axum and around a client: names, keys, outcomes, parents.

use std::convert::Infallible;

use axum::routing::{get, post};
use http::{Request, Response, StatusCode};
use observed_http::{ClientLayer, Route, ServerLayer};
use observed_runtime::testing::{Capture, CapturedStatus, capture_future};
use observed_runtime::{context, observed};
use tower::{Layer, Service, ServiceExt};

const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[observed(name = "find_user")]
async fn find() -> &'static str {
    tokio::task::yield_now().await;
    "ada"
}

fn app() -> axum::Router {
    let fails = || async { StatusCode::SERVICE_UNAVAILABLE };
    let refuses = || async { StatusCode::NOT_FOUND };
    axum::Router::new()
        .route("/users/{id}", get(find).delete(refuses))
        .route("/jobs", post(fails))
        .layer(ServerLayer::new().https().at("shop.example", 8443))
}

fn request(method: &str, path: &str) -> Request<axum::body::Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header("traceparent", PARENT)
        .header("x-secret", "token=hunter2")
        .body(axum::body::Body::empty())
        .unwrap()
}

async fn served(method: &str, path: &str) -> (StatusCode, Capture) {
    let (response, capture) = capture_future(app().oneshot(request(method, path))).await;
    (response.unwrap().status(), capture)
}

#[tokio::test]
async fn a_request_is_one_span_by_its_route_under_its_caller() {
    let (status, capture) = served("GET", "/users/7?name=ada").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        capture.tree(),
        "GET /users/{id} (server) http.request.method=\"GET\" http.route=\"/users/{id}\" url.scheme=\"https\" \
         server.address=\"shop.example\" server.port=8443 network.protocol.version=\"1.1\" \
         http.response.status_code=200\n  find_user\n"
    );
    let span = capture.span("GET /users/{id}").unwrap();
    assert_eq!(span.parent.to_string(), "00f067aa0ba902b7");
    assert_eq!(
        span.trace_id.to_string(),
        "4bf92f3577b34da6a3ce929d0e0e4736"
    );
}

#[tokio::test]
async fn a_server_fails_by_500_and_not_by_404() {
    let (status, capture) = served("DELETE", "/users/7").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(
        capture.span("DELETE /users/{id}").unwrap().status,
        CapturedStatus::Unset
    );
    let (status, capture) = served("POST", "/jobs").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    let span = capture.span("POST /jobs").unwrap();
    assert_eq!(span.status, CapturedStatus::Error("503"));
}

#[tokio::test]
async fn nothing_that_a_client_wrote_is_in_a_name_or_a_value() {
    let (status, capture) = served("PROPFIND", "/users/7?name=ada").await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    let span = capture.span("HTTP /users/{id}").unwrap();
    let shown = format!("{span:?}");
    assert!(shown.contains("_OTHER"), "{shown}");
    for sent in ["PROPFIND", "/users/7", "ada", "hunter2"] {
        assert!(!shown.contains(sent), "{sent}: {shown}");
    }
    let (status, capture) = served("GET", "/no/such/route").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(capture.span("GET").is_some(), "{}", capture.tree());
}

/// Answers with the status that the path is, and notes the headers that came.
fn other(
    seen: std::sync::Arc<std::sync::Mutex<http::HeaderMap>>,
) -> impl Service<
    Request<()>,
    Response = Response<()>,
    Error = Infallible,
    Future = std::future::Ready<Result<Response<()>, Infallible>>,
> + Clone
+ Send
+ 'static {
    tower::service_fn(move |request: Request<()>| {
        *seen.lock().unwrap() = request.headers().clone();
        let status = request.uri().path().trim_start_matches('/');
        let mut response = Response::new(());
        *response.status_mut() = StatusCode::from_bytes(status.as_bytes()).unwrap();
        std::future::ready(Ok(response))
    })
}

async fn sent(status: u16) -> (Capture, http::HeaderMap) {
    let seen = std::sync::Arc::default();
    let client = ClientLayer::new().layer(other(std::sync::Arc::clone(&seen)));
    let mut request = Request::get(format!("http://users.test/{status}?name=ada"))
        .body(())
        .unwrap();
    request.extensions_mut().insert(Route("/{status}"));
    let (response, capture) = capture_future(client.oneshot(request)).await;
    assert_eq!(response.unwrap().status(), status);
    let seen = seen.lock().unwrap().clone();
    (capture, seen)
}

#[tokio::test]
async fn a_request_that_is_sent_is_a_span_whose_context_goes_with_it() {
    let (capture, seen) = sent(200).await;
    assert_eq!(
        capture.tree(),
        "GET /{status} (client) http.request.method=\"GET\" url.scheme=\"http\" server.address=\"users.test\" \
         server.port=80 \
         http.response.status_code=200\n"
    );
    let span = &capture.spans[0];
    assert_eq!(
        seen["traceparent"],
        format!("00-{}-{}-03", span.trace_id, span.span_id)
    );
}

#[tokio::test]
async fn a_client_fails_by_400_too() {
    use CapturedStatus::{Error, Unset};
    for (status, outcome) in [
        (204, Unset),
        (302, Unset),
        (404, Error("404")),
        (500, Error("500")),
    ] {
        let (capture, _) = sent(status).await;
        assert_eq!(capture.spans[0].status, outcome, "{status}");
    }
}

#[tokio::test]
async fn off_a_server_that_calls_another_forwards_what_came() {
    let seen = std::sync::Arc::default();
    let client = ClientLayer::new().layer(other(std::sync::Arc::clone(&seen)));
    let calls = move |_: axum::extract::Path<String>| async move {
        let request = Request::get("http://users.test/200").body(()).unwrap();
        client.oneshot(request).await.unwrap().status()
    };
    let app = axum::Router::new()
        .route("/users/{id}", get(calls))
        .layer(ServerLayer::new());
    let response = app.oneshot(request("GET", "/users/7")).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(seen.lock().unwrap()["traceparent"], PARENT);
    assert!(!context::current().trace_id().is_valid());
}

/// The seven lines of the guide, against a server of axum.
mod with_reqwest {
    use observed_runtime::context::{self, propagation::inject};
    use observed_runtime::{observed, observed_record};

    #[observed(name = route(request.method(), template), kind = client, err, late(http.response.status_code: u16))]
    async fn send(
        client: &reqwest::Client,
        mut request: reqwest::Request,
        template: &'static str,
    ) -> reqwest::Result<reqwest::Response> {
        inject(&context::current(), request.headers_mut());
        let response = client.execute(request).await?;
        observed_record!(http.response.status_code = response.status().as_u16());
        Ok(response)
    }

    /// Answers with the context that came.
    async fn echo(headers: http::HeaderMap) -> String {
        headers["traceparent"].to_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn reqwest_in_seven_lines_makes_a_span_and_sends_its_context() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = axum::Router::new().route("/users/{id}", axum::routing::get(echo));
        let exchange = async {
            let server = async { axum::serve(listener, app).await };
            let client = reqwest::Client::new();
            let request = client.get(format!("http://{address}/users/7"));
            let answer = async {
                let answer = send(&client, request.build().unwrap(), "/users/{id}").await;
                answer.unwrap().text().await.unwrap()
            };
            tokio::select! {
                told = answer => told,
                ended = server => panic!("{ended:?}"),
            }
        };
        let (told, capture) = observed_runtime::testing::capture_future(exchange).await;
        let span = capture.span("GET /users/{id}").unwrap();
        assert_eq!(told, format!("00-{}-{}-03", span.trace_id, span.span_id));
        assert_eq!(capture.spans.len(), 1, "{}", capture.tree());
    }
}
