//! What is answered to a request: the page, spans, or why not.
//!
//! Any page of any site can send requests to this machine. Two things keep what is here from it: it may not read answers of
//! another origin, because none allows it (no CORS), and a name of its own that points here is not the address (`Host`).

use std::net::SocketAddr;

use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;

use crate::page;
use crate::traces::Traces;

/// Headers of every answer.
const ALWAYS: [(HeaderName, &str); 5] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Answers one request that came to `address`.
pub(crate) fn answer<B>(
    request: &Request<B>,
    address: SocketAddr,
    traces: &Traces,
) -> Response<Full<Bytes>> {
    if !is_for(request, address) {
        let why = format!("expected the address http://{address} and no other name of it\n");
        return text(StatusCode::FORBIDDEN, why);
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        let mut refused = text(StatusCode::METHOD_NOT_ALLOWED, "expected GET\n".to_owned());
        let allowed = HeaderValue::from_static("GET, HEAD");
        refused.headers_mut().insert(header::ALLOW, allowed);
        return refused;
    }
    match request.uri().path() {
        "/" => {
            let (page, policy) = page::live(traces.service());
            let mut shown = of_type("text/html; charset=utf-8", page);
            if let Ok(policy) = HeaderValue::try_from(policy) {
                let headers = shown.headers_mut();
                headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            }
            shown
        }
        "/spans" => {
            let query = request.uri().query().unwrap_or_default();
            let place = query.strip_prefix("after=").unwrap_or_default();
            of_type("application/json", traces.after(place))
        }
        _ => text(
            StatusCode::NOT_FOUND,
            format!("the traces are at http://{address}/\n"),
        ),
    }
}

/// True where the request names this address, once, and as it is written.
fn is_for<B>(request: &Request<B>, address: SocketAddr) -> bool {
    let expected = address.to_string();
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (host, another) = (hosts.next(), hosts.next());
    let in_line = request.uri().authority();
    host.is_some_and(|host| host.as_bytes() == expected.as_bytes())
        && another.is_none()
        && in_line.is_none_or(|authority| authority.as_str() == expected)
}

fn of_type(kind: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    let headers: &mut HeaderMap = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn text(status: StatusCode, body: String) -> Response<Full<Bytes>> {
    let mut response = of_type("text/plain; charset=utf-8", body);
    *response.status_mut() = status;
    response
}
