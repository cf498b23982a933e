//! One unary gRPC call that passes bytes through, and what its answer means (gRPC over HTTP/2; OTLP specification 1.9,
//! "OTLP/gRPC Response").

use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::{HeaderMap, Method, Request, Response, StatusCode, Uri};

use super::answer::{self, USER_AGENT};
use super::attempt::{Again, Trouble};
use super::body::{Body, Delivered, ROOM};
use super::{http1, retry_info};
use crate::export::failure::{Failure, FailureClass};

const PATH: &str = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
const GRPC: &str = "application/grpc";

/// The address of the method below the endpoint.
pub(super) fn url(endpoint: &str) -> String {
    let base = endpoint.split(['?', '#']).next().unwrap_or(endpoint);
    format!("{}{PATH}", base.trim_end_matches('/'))
}

/// The request; the program's headers come first, and cannot replace the protocol's.
pub(super) fn request(
    target: &Uri,
    headers: &HeaderMap,
    body: &Body,
    within: Duration,
) -> Request<Full<Bytes>> {
    let mut request = Request::new(Full::new(body.framed()));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = target.clone();
    *request.version_mut() = hyper::Version::HTTP_2;
    let sent = request.headers_mut();
    sent.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
    for (name, value) in headers {
        sent.insert(name, value.clone());
    }
    sent.insert(header::CONTENT_TYPE, HeaderValue::from_static(GRPC));
    sent.insert(header::TE, HeaderValue::from_static("trailers"));
    if body.gzip {
        sent.insert("grpc-encoding", HeaderValue::from_static("gzip"));
    }
    if let Some(timeout) = timeout(within) {
        sent.insert("grpc-timeout", timeout);
    }
    request
}

/// How long the answer is waited for, in milliseconds of at most eight digits, which is a day and some hours; none beyond
/// that: without the header there is no limit, and this side has hardly one either.
fn timeout(within: Duration) -> Option<HeaderValue> {
    const MOST: u128 = 99_999_999;
    let milliseconds = within.as_millis().max(1);
    if milliseconds > MOST {
        return None;
    }
    HeaderValue::try_from(format!("{milliseconds}m")).ok()
}

/// What the answer means.
pub(super) async fn read(answer: Response<Incoming>) -> Result<Delivered, Trouble> {
    let status = answer.status();
    let kind = answer::text(answer.headers(), header::CONTENT_TYPE).unwrap_or_default();
    // A gRPC server answers 200 to a method that it does not have; who has no such page is a web server.
    let is_page = matches!(status.as_u16(), 200 | 404 | 405 | 415) && !kind.starts_with(GRPC);
    if is_page {
        let class = FailureClass::WrongProtocol;
        return Err(Trouble::answered(class, status.as_u16(), Again::Never));
    }
    if status != StatusCode::OK {
        return Err(http1::refused(status, answer.headers()));
    }
    // An answer without a message has its status among the headers.
    let early = answer.headers().clone();
    let whole = answer::whole(answer).await;
    let late = whole.as_ref().and_then(|body| body.trailers()).cloned();
    let status = late.iter().chain([&early]).find_map(code);
    match (status, whole) {
        (Some(0), Some(body)) => Ok(message(&body.to_bytes())),
        (Some(0) | None, _) => Err(Trouble::never(Failure::of(FailureClass::Broken))),
        (Some(code), _) => Err(failed(code, retry_info::wait(&late.unwrap_or(early)))),
    }
}

fn code(headers: &HeaderMap) -> Option<u16> {
    headers.get("grpc-status")?.to_str().ok()?.parse().ok()
}

/// What the message says; one that is compressed was not asked for.
fn message(body: &[u8]) -> Delivered {
    match body.split_at_checked(ROOM) {
        Some(([0, ..], message)) => answer::delivered(message),
        _ => Delivered::default(),
    }
}

/// What a code other than 0 means.
fn failed(code: u16, wait: Option<Duration>) -> Trouble {
    let class = match code {
        4 => FailureClass::Timeout,
        5 | 12 => FailureClass::NotFound,
        7 => FailureClass::Forbidden,
        8 if wait.is_some() => FailureClass::Throttled,
        8 | 11 => FailureClass::TooLarge,
        16 => FailureClass::Unauthorized,
        1 | 10 | 14 | 15 => FailureClass::Unavailable,
        _ => FailureClass::Rejected,
    };
    // CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS; RESOURCE_EXHAUSTED with `RetryInfo` only.
    let again = match (code, wait) {
        (1 | 4 | 8 | 10 | 11 | 14 | 15, Some(wait)) => Again::After(wait),
        (1 | 4 | 10 | 11 | 14 | 15, None) => Again::Later,
        _ => Again::Never,
    };
    Trouble::answered(class, code, again)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_the_specification_and_no_others_are_sent_again() {
        for code in 1..=16 {
            let is_passing = [1, 4, 10, 11, 14, 15].contains(&code);
            assert_eq!(
                failed(code, None).again == Again::Later,
                is_passing,
                "{code}"
            );
        }
        let wait = Some(Duration::from_secs(2));
        assert_eq!(failed(8, wait).again, Again::After(Duration::from_secs(2)));
        assert_eq!(failed(14, wait).again, Again::After(Duration::from_secs(2)));
        assert_eq!(failed(3, wait).again, Again::Never);
    }

    #[test]
    fn the_method_stands_below_the_endpoint() {
        for endpoint in ["http://a:4317", "http://a:4317/", "http://a:4317?x=1"] {
            assert_eq!(url(endpoint), format!("http://a:4317{PATH}"));
        }
        assert_eq!(url("http://a/b/"), format!("http://a/b{PATH}"));
    }
}
