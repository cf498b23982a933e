//! What the body of an answer says: read up to a bound, looked at for two things, and forgotten.

use http_body_util::{BodyExt, Collected, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::{HeaderMap, Response, header};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceResponse;
use prost::Message;

use super::body::Delivered;

/// The largest answer that is read; a collector's has some ten bytes, and with `partial_success` a sentence more.
const MOST: usize = 64 * 1024;

pub(super) const USER_AGENT: &str = concat!(
    "observed-runtime/",
    env!("CARGO_PKG_VERSION"),
    " OTel-OTLP-Exporter-Rust/",
    env!("CARGO_PKG_VERSION")
);

/// The whole of an answer; none where it broke off or was endless.
pub(super) async fn whole(answer: Response<Incoming>) -> Option<Collected<Bytes>> {
    Limited::new(answer.into_body(), MOST).collect().await.ok()
}

/// What `ExportTraceServiceResponse` says of the spans; its words are not looked at.
pub(super) fn delivered(message: &[u8]) -> Delivered {
    let response = ExportTraceServiceResponse::decode(message).unwrap_or_default();
    let partial = response.partial_success.unwrap_or_default();
    Delivered {
        rejected: u64::try_from(partial.rejected_spans).unwrap_or_default(),
    }
}

/// True for a page of a proxy or of another service, which accepts everything and stores nothing. The body is looked at
/// and not the header: collectors answer with any.
pub(super) fn is_web_page(body: &[u8]) -> bool {
    const LOOKED_AT: usize = 512;
    let head = &body[..body.len().min(LOOKED_AT)];
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
    let head = head.trim_ascii_start().to_ascii_lowercase();
    let begins = |with: &[u8]| head.starts_with(with);
    begins(b"<!doctype html")
        || begins(b"<html")
        || begins(b"<head")
        || begins(b"<body")
        || ((begins(b"<?xml") || begins(b"<!--"))
            && head.windows(5).any(|window| window == b"<html"))
}

/// The value of a header, where it is text.
pub(super) fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_by_its_body() {
        for page in [
            "<!DOCTYPE html><html></html>",
            "\n  <HTML lang=\"en\">",
            "\u{feff}<html>",
            "<?xml version=\"1.0\"?>\n<!-- x --><html xmlns=\"\">",
            "<!-- a proxy --><html>",
        ] {
            assert!(is_web_page(page.as_bytes()), "{page}");
        }
        for answer in ["", "OK", "{}", "<ok/>", "accepted <html"] {
            assert!(!is_web_page(answer.as_bytes()), "{answer}");
        }
    }

    #[test]
    fn what_a_receiver_refused_is_counted_and_nothing_else_is_believed() {
        assert_eq!(delivered(&[]).rejected, 0);
        // Field 1, a message of two bytes: field 1, the number 7.
        assert_eq!(delivered(&[0x0a, 0x02, 0x08, 0x07]).rejected, 7);
        let negative = [
            0x0a, 0x0b, 0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01,
        ];
        assert_eq!(delivered(&negative).rejected, 0);
        assert_eq!(delivered(b"OK").rejected, 0);
    }
}
