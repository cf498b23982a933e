//! What is sent again, what is not, and how large a request may be.

use std::sync::atomic::{AtomicU64, Ordering};

use observed_runtime::{Tracing, flush, status};
use observed_tests::hostile::{Hostile, Http1, Http2};

use crate::answers::{FINE, Scripted, end, exporting, one};
use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, work};

#[test]
fn a_connection_that_closes_before_any_answer_is_followed_by_another_one() {
    in_a_process_of_its_own(|| {
        assert_eq!(one(&["", FINE]), (1, None, None, 2));
    });
}

#[test]
fn a_receiver_that_was_sent_the_request_and_is_slow_is_not_sent_it_again() {
    in_a_process_of_its_own(|| {
        for (protocol, hostile) in [
            ("http/protobuf", Hostile::http1(Http1::hold)),
            ("grpc", Hostile::http2(Http2::hold)),
        ] {
            let tracing = Tracing::builder("answers")
                .settings([
                    ("TRACING_ENABLED", "1"),
                    ("OTEL_TRACES_SAMPLER", "always_on"),
                    ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
                    ("OTEL_EXPORTER_OTLP_ENDPOINT", &hostile.endpoint()),
                    ("OTEL_EXPORTER_OTLP_TIMEOUT", "200"),
                    ("OTEL_BSP_EXPORT_TIMEOUT", "3000"),
                ])
                .init();
            work();
            assert!(flush(SOON));
            assert_eq!(status().last_export_error, Some("timeout"), "{protocol}");
            assert_eq!(hostile.begun(), 1, "{protocol}");
            drop(tracing);
        }
    });
}

#[test]
fn a_grpc_receiver_that_says_when_to_come_back_is_sent_the_request_again() {
    // google.rpc.Status with one detail: type.googleapis.com/google.rpc.RetryInfo, no time.
    const RETRY_INFO: &str = "Gi4KKHR5cGUuZ29vZ2xlYXBpcy5jb20vZ29vZ2xlLnJwYy5SZXRyeUluZm8SAgoA";
    in_a_process_of_its_own(|| {
        let asked = AtomicU64::new(0);
        let hostile = Hostile::http2(move |exchange: &mut Http2| {
            exchange.answer("200")?;
            match asked.fetch_add(1, Ordering::SeqCst) {
                0 => end(exchange, "8", RETRY_INFO),
                _ => end(exchange, "0", ""),
            }
        });
        let _tracing = exporting("grpc", &hostile.endpoint());
        work();
        assert!(flush(SOON));
        assert_eq!((status().spans.exported, hostile.begun()), (1, 2));
    });
}

#[test]
fn the_resource_counts_for_the_size_of_a_request() {
    in_a_process_of_its_own(|| {
        const SPANS: u64 = 10;
        let server = Scripted::with(&[FINE]);
        let resource = format!("a={}", "x".repeat(3_500));
        let _tracing = Tracing::builder("sizes")
            .settings([
                ("TRACING_ENABLED", "1"),
                ("OTEL_TRACES_SAMPLER", "always_on"),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_EXPORTER_OTLP_ENDPOINT", &server.endpoint),
                ("OTEL_RESOURCE_ATTRIBUTES", &resource),
                // The spans alone are smaller, each with the resource too.
                ("OBSERVED_MAX_REQUEST_BYTES", "4200"),
            ])
            .init();
        (0..SPANS).for_each(|_| work());
        assert!(flush(SOON));
        assert_eq!(status().spans.exported, SPANS, "{:?}", status());
        assert!(server.requests() > 1);
    });
}
