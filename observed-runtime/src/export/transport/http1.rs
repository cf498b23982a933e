//! One request by OTLP/HTTP, and what its answer means (OTLP specification 1.9, "OTLP/HTTP Response").

use std::time::{Duration, SystemTime};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::{HeaderMap, Method, Request, Response, StatusCode, Uri};

use super::answer::{self, USER_AGENT};
use super::attempt::{Again, Trouble};
use super::body::{Body, Delivered};
use crate::export::failure::{Failure, FailureClass};

pub(super) const PROTOBUF: &str = "application/x-protobuf";

/// The request; the program's headers come first, and cannot replace the protocol's.
pub(super) fn request(target: &Uri, headers: &HeaderMap, body: &Body) -> Request<Full<Bytes>> {
    let mut request = Request::new(Full::new(body.message()));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = target.clone();
    let sent = request.headers_mut();
    sent.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
    for (name, value) in headers {
        sent.insert(name, value.clone());
    }
    sent.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROTOBUF));
    if body.gzip {
        sent.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    request
}

/// What the answer means.
pub(super) async fn read(answer: Response<Incoming>) -> Result<Delivered, Trouble> {
    let status = answer.status();
    if !status.is_success() {
        return Err(refused(status, answer.headers()));
    }
    let is_words = is_words(answer.headers());
    // The status says that the request was taken; of what goes on without end the beginning is looked at.
    let Some(beginning) = answer::beginning(answer).await else {
        return Err(Trouble::never(Failure::of(FailureClass::Broken)));
    };
    if answer::is_web_page(&beginning.body) {
        let class = FailureClass::WrongProtocol;
        return Err(Trouble::answered(class, status.as_u16(), Again::Never));
    }
    Ok(if is_words {
        Delivered::default()
    } else {
        beginning.delivered()
    })
}

/// True for text and JSON. Anything else, and what has no type, may be the message that was asked for.
fn is_words(headers: &HeaderMap) -> bool {
    let kind = answer::text(headers, header::CONTENT_TYPE).unwrap_or_default();
    let kind = kind.trim().to_ascii_lowercase();
    kind.starts_with("text/") || kind.contains("json")
}

/// What a status other than 2xx means.
pub(super) fn refused(status: StatusCode, headers: &HeaderMap) -> Trouble {
    let (class, is_passing) = match status.as_u16() {
        401 | 407 => (FailureClass::Unauthorized, false),
        403 => (FailureClass::Forbidden, false),
        404 => (FailureClass::NotFound, false),
        413 => (FailureClass::TooLarge, false),
        415 => (FailureClass::WrongProtocol, false),
        429 => (FailureClass::Throttled, true),
        502..=504 => (FailureClass::Unavailable, true),
        _ => (FailureClass::Rejected, false),
    };
    let again = match (is_passing, retry_after(headers, SystemTime::now())) {
        (false, _) => Again::Never,
        (true, Some(pause)) => Again::After(pause),
        (true, None) => Again::Later,
    };
    Trouble::answered(class, status.as_u16(), again)
}

/// `Retry-After`: seconds or a date (RFC 9110, section 10.2.3).
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = answer::text(headers, header::RETRY_AFTER)?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // What does not fit is longer than any deadline.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let at = httpdate::parse_http_date(value).ok()?;
    Some(at.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_passes_is_sent_again() {
        for status in 300..600 {
            let status = StatusCode::from_u16(status).unwrap();
            let trouble = refused(status, &HeaderMap::new());
            let is_passing = [429, 502, 503, 504].contains(&status.as_u16());
            assert_eq!(trouble.again == Again::Later, is_passing, "{status}");
            assert_eq!(trouble.failure.status, Some(status.as_u16()));
        }
    }

    #[test]
    fn the_receiver_says_how_long_to_wait() {
        let waits = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(value));
            let now = httpdate::parse_http_date("Wed, 21 Oct 2015 07:28:00 GMT").unwrap();
            retry_after(&headers, now)
        };
        assert_eq!(waits("3"), Some(Duration::from_secs(3)));
        let date = "Wed, 21 Oct 2015 07:28:30 GMT";
        assert_eq!(waits(date), Some(Duration::from_secs(30)));
        let past = "Wed, 21 Oct 2015 07:27:30 GMT";
        assert_eq!(waits(past), Some(Duration::ZERO));
        assert_eq!(
            waits("99999999999999999999999"),
            Some(Duration::from_secs(u64::MAX))
        );
        assert_eq!(waits("soon"), None);
        assert_eq!(waits(""), None);
        assert_eq!(waits("-1"), None);
    }
}
