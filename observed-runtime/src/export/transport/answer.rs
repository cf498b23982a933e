//! What the body of an answer says: read up to a bound, looked at for two things, and forgotten.

use http_body_util::{BodyExt, Collected, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::{HeaderMap, Response, header};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceResponse;
use prost::Message;
use prost::encoding::{WireType, decode_key, decode_varint};

use super::body::Delivered;

/// What is read of an answer; a collector's has some ten bytes, and with `partial_success` a sentence more.
const MOST: usize = 64 * 1024;

pub(super) const USER_AGENT: &str = concat!(
    "observed-runtime/",
    env!("CARGO_PKG_VERSION"),
    " OTel-OTLP-Exporter-Rust/",
    env!("CARGO_PKG_VERSION")
);

/// An answer as far as it is read.
pub(super) struct Beginning {
    pub(super) body: Vec<u8>,
    goes_on: bool,
}

/// None where the answer broke off before its end or the bound.
pub(super) async fn beginning(answer: Response<Incoming>) -> Option<Beginning> {
    let (mut body, mut read) = (answer.into_body(), Vec::new());
    while read.len() < MOST
        && let Some(frame) = body.frame().await
    {
        if let Ok(data) = frame.ok()?.into_data() {
            let left = MOST - read.len();
            read.extend_from_slice(data.get(..left).unwrap_or(&data));
        }
    }
    Some(Beginning {
        goes_on: read.len() == MOST,
        body: read,
    })
}

impl Beginning {
    /// What it says of the spans. Of a message that goes on the number is read, which comes before the words.
    pub(super) fn delivered(&self) -> Delivered {
        if !self.goes_on {
            return delivered(&self.body);
        }
        Delivered {
            rejected: rejected(&self.body).unwrap_or_default(),
        }
    }
}

/// `rejected_spans`, where a message that is not whole begins with it: field 1 of field 1.
fn rejected(mut message: &[u8]) -> Option<u64> {
    let partial = (1, WireType::LengthDelimited);
    (decode_key(&mut message).ok()? == partial).then_some(())?;
    decode_varint(&mut message).ok()?;
    (decode_key(&mut message).ok()? == (1, WireType::Varint)).then_some(())?;
    let rejected = decode_varint(&mut message).ok()?;
    // A negative number is none.
    i64::try_from(rejected).is_ok().then_some(rejected)
}

/// The whole of an answer; none where it broke off or was longer than is read.
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
    const TAGS: [&[u8]; 6] = [b"html", b"head", b"body", b"title", b"meta", b"script"];
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    let body = after_prologue(body);
    let begins = |with: &[u8]| {
        let (begin, rest) = body.split_at_checked(with.len()).unwrap_or_default();
        let is_whole = rest
            .first()
            .is_none_or(|next| !next.is_ascii_alphanumeric());
        begin.eq_ignore_ascii_case(with) && is_whole
    };
    begins(b"<!doctype html") || TAGS.iter().any(|tag| begins(&[b"<", *tag].concat()))
}

/// What follows white space, comments and the declaration of XML.
fn after_prologue(mut body: &[u8]) -> &[u8] {
    const ENDS: [(&[u8], &[u8]); 2] = [(b"<!--", b"-->"), (b"<?xml", b"?>")];
    loop {
        body = body.trim_ascii_start();
        let Some((begin, end)) = ENDS.iter().find(|(begin, _)| body.starts_with(begin)) else {
            return body;
        };
        let inside = body.get(begin.len()..).unwrap_or_default();
        let at = inside.windows(end.len()).position(|window| window == *end);
        body = at
            .and_then(|at| inside.get(at + end.len()..))
            .unwrap_or_default();
    }
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
            "<title>Login</title>",
            "<META charset=utf-8>",
            "<script>location=1</script>",
            "<!-- > --->\n<!DOCTYPE html PUBLIC>",
            &format!("<!--{}-->\n<body>", "x".repeat(60_000)),
        ] {
            assert!(is_web_page(page.as_bytes()), "{page}");
        }
        for answer in [
            "",
            "OK",
            "{}",
            "<ok/>",
            "<",
            "<metadata/>",
            "<?xml?><headers/>",
            "<!-- <html>",
            "accepted <html",
        ] {
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

    #[test]
    fn of_a_message_that_goes_on_the_number_of_refused_spans_is_read() {
        let of = |begin: &[u8], goes_on| {
            let mut body = begin.to_vec();
            body.resize(MOST, b'x');
            Beginning { body, goes_on }.delivered().rejected
        };
        // Field 1 of 200,000 bytes: field 1 is 7, field 2 the words.
        let partial = [0x0a, 0xc0, 0x9a, 0x0c, 0x08, 0x07, 0x12];
        assert_eq!(of(&partial, true), 7);
        assert_eq!(of(&partial, false), 0, "it is whole, and none");
        let negative = [
            0x0a, 0xc0, 0x9a, 0x0c, 0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
            0x01,
        ];
        for other in [&negative[..], &[0x0a, 0xc0, 0x9a, 0x0c, 0x12], b"OK", b""] {
            assert_eq!(of(other, true), 0, "{other:?}");
        }
    }
}
