//! `partial_success`: a receiver took the request and refused some of its spans.

use observed_runtime::{flush, status};
use observed_tests::hostile::{Hostile, Http2, Kind};

use crate::answers::{DELIVERED, Scripted, end, exporting, one};
use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, work};

#[test]
fn a_partial_success_is_read_and_its_words_are_not() {
    in_a_process_of_its_own(|| {
        // Field 1 of 11 bytes: field 1 is 1, field 2 the words.
        let answers: &[&str] = &[
            "HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 13\r\nconnection: close\r\n\r\n\x0a\x0b\x08\x01\x12\x07hunter2",
        ];
        let server = Scripted::with(answers);
        let _tracing = exporting("http/protobuf", &server.endpoint);
        work();
        assert!(flush(SOON));
        let seen = status();
        assert_eq!((seen.spans.exported, seen.spans.dropped.rejected), (0, 1));
        assert_eq!(seen.last_export_error, Some("rejected"));
        assert!(seen.spans.adds_up() && !format!("{seen:?}").contains("hunter2"));
    });
}

#[test]
fn a_partial_success_is_read_whatever_its_type_says_unless_that_is_text_or_json() {
    in_a_process_of_its_own(|| {
        let cases: [(&'static [&'static str], _); 5] = [
            (
                &[
                    "HTTP/1.1 200 OK\r\ncontent-type: Application/X-Protobuf; a=b\r\ncontent-length: 4\r\nconnection: close\r\n\r\n\x0a\x02\x08\x01",
                ],
                (0, Some("rejected"), None, 1),
            ),
            (
                &[
                    "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: 4\r\nconnection: close\r\n\r\n\x0a\x02\x08\x01",
                ],
                (0, Some("rejected"), None, 1),
            ),
            (
                &[
                    "HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\n\x0a\x02\x08\x01",
                ],
                (0, Some("rejected"), None, 1),
            ),
            (
                &[
                    "HTTP/1.1 200 OK\r\ncontent-type: Text/Plain\r\ncontent-length: 4\r\nconnection: close\r\n\r\n\x0a\x02\x08\x01",
                ],
                DELIVERED,
            ),
            (
                &[
                    "HTTP/1.1 200 OK\r\ncontent-type: application/JSON\r\ncontent-length: 4\r\nconnection: close\r\n\r\n\x0a\x02\x08\x01",
                ],
                DELIVERED,
            ),
        ];
        for (answers, expected) in cases {
            assert_eq!(one(answers), expected, "{answers:?}");
        }
    });
}

#[test]
fn a_partial_success_is_counted_by_grpc_too() {
    in_a_process_of_its_own(|| {
        let hostile = Hostile::http2(|exchange: &mut Http2| {
            exchange.answer("200")?;
            // A message of four bytes, not compressed: field 1 of two bytes, whose field 1 is 1.
            exchange.send(Kind::Data, &[0, 0, 0, 0, 4, 0x0a, 0x02, 0x08, 0x01])?;
            end(exchange, "0", "")
        });
        let _tracing = exporting("grpc", &hostile.endpoint());
        work();
        assert!(flush(SOON));
        let seen = status();
        assert_eq!((seen.spans.exported, seen.spans.dropped.rejected), (0, 1));
        assert_eq!(seen.last_export_error, Some("rejected"));
    });
}
