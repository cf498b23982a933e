//! The envelope of every request, whatever its route: a request id, a time limit, and a line in the access log.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use observed_runtime::context::TraceId;
use serde_json::json;

use super::error::ApiError;
use crate::state::App;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST_ID: usize = 64;

/// The trace that a handler worked in; put into its answer for the access log.
#[derive(Clone, Copy, Debug)]
pub struct InTrace(pub TraceId);

/// Marks the answer to a caller without a profile, who is counted instead of logged.
#[derive(Clone, Copy, Debug)]
pub struct Counted;

/// Runs the request with an id and a time limit, and writes one line when it is answered.
pub async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    let begin = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let id = id_of(request.headers());
    let limit = app.limits().request_timeout;
    let mut answer = match tokio::time::timeout(limit, next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => ApiError::TimedOut(limit.as_millis()).into_response(),
    };
    let line = json!({
        "method": label_of(&method),
        // The route and not the path: a path may hold anything.
        "route": route.as_ref().map_or("none", MatchedPath::as_str),
        "status": answer.status().as_u16(),
        "ms": begin.elapsed().as_millis() as u64,
        "request_id": id.to_str().unwrap_or_default(),
        "trace_id": answer.extensions().get::<InTrace>().map(|trace| trace.0.to_string()),
    });
    // Anybody can send what is only counted, and would fill the log with it.
    let level = match answer.extensions().get::<Counted>() {
        Some(Counted) => log::Level::Debug,
        None => log::Level::Info,
    };
    log::log!(target: "access", level, "{line}");
    answer.headers_mut().insert(REQUEST_ID, id);
    answer
}

/// Returns the method's name where it is one of ours; a client may send any text.
fn label_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::HEAD => "HEAD",
        _ => "other",
    }
}

/// Returns the caller's id if it is letters, digits, dashes and underscores, else one of ours: it goes into log lines.
fn id_of(headers: &HeaderMap) -> HeaderValue {
    let is_plain = |id: &&HeaderValue| {
        let is_allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
        (1..=LONGEST_ID).contains(&id.len()) && id.as_bytes().iter().all(is_allowed)
    };
    match headers.get(REQUEST_ID).filter(is_plain) {
        Some(id) => id.clone(),
        None => HeaderValue::try_from(TraceId::random().to_string())
            .unwrap_or(HeaderValue::from_static("none")),
    }
}
