//! What a receiver's answer means: delivered, refused for a reason, or to be sent again; never a word of it anywhere.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use observed_runtime::{Tracing, WorkerState, flush, status};
use observed_tests::hostile::{Http2, field};
use observed_tests::receiver::Receiver;

use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, logs, work};

/// A server that answers its requests in turn, the last answer for all that follow; and how many it got.
pub(crate) struct Scripted {
    pub(crate) endpoint: String,
    requests: Arc<AtomicU64>,
}

impl Scripted {
    pub(crate) fn with(answers: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&requests);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                if !read_request(&mut stream) {
                    continue;
                }
                let at = counted.fetch_add(1, Ordering::SeqCst) as usize;
                let answer = answers[at.min(answers.len() - 1)];
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { endpoint, requests }
    }

    pub(crate) fn requests(&self) -> u64 {
        self.requests.load(Ordering::SeqCst)
    }
}

/// Reads head and body; false where nothing came.
fn read_request(stream: &mut TcpStream) -> bool {
    let (mut read, mut buffer) = (Vec::new(), [0; 4 * 1024]);
    loop {
        let text = String::from_utf8_lossy(&read).to_lowercase();
        if let Some(head) = text.find("\r\n\r\n") {
            let length = text.split("content-length: ").nth(1);
            let length: usize = length
                .and_then(|rest| rest.split("\r\n").next()?.parse().ok())
                .unwrap_or(0);
            if read.len() >= head + 4 + length {
                return true;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return !read.is_empty(),
            Ok(some) => read.extend_from_slice(&buffer[..some]),
        }
    }
}

pub(crate) fn exporting(protocol: &str, endpoint: &str) -> Tracing {
    let settings = [
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
        ("OTEL_BSP_EXPORT_TIMEOUT", "3000"),
    ];
    Tracing::builder("answers").settings(settings).init()
}

/// Sends one span by HTTP and says what became of it: delivered, class, number, requests.
pub(crate) fn one(
    answers: &'static [&'static str],
) -> (u64, Option<&'static str>, Option<u16>, u64) {
    let server = Scripted::with(answers);
    let tracing = exporting("http/protobuf", &server.endpoint);
    work();
    assert!(flush(SOON));
    let seen = status();
    assert!(seen.spans.adds_up() && seen.spans.pending == 0);
    assert!(!format!("{seen:?}{:?}", logs::all()).contains("hunter2"));
    drop(tracing);
    (
        seen.spans.exported,
        seen.last_export_error,
        seen.last_export_status,
        server.requests(),
    )
}

/// Ends a gRPC answer, with a status and perhaps its details.
pub(crate) fn end(exchange: &mut Http2, code: &str, details: &str) -> std::io::Result<()> {
    let mut fields = field("grpc-status", code.as_bytes());
    if !details.is_empty() {
        fields.extend(field("grpc-status-details-bin", details.as_bytes()));
    }
    exchange.trailers(&fields)
}

pub(crate) const FINE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

pub(crate) const DELIVERED: (u64, Option<&str>, Option<u16>, u64) = (1, None, None, 1);

#[test]
fn a_2xx_is_delivered_whatever_its_content_type_says() {
    in_a_process_of_its_own(|| {
        for answers in [
            &[
                "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\nconnection: close\r\n\r\nOK",
            ],
            &[
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            ],
            &["HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"],
            &["HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"],
            &[
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
            ],
        ] {
            assert_eq!(one(answers), DELIVERED, "{answers:?}");
        }
    });
}

#[test]
fn a_web_page_is_known_by_its_body_and_not_by_its_header() {
    in_a_process_of_its_own(|| {
        for answers in [
            &[
                "HTTP/1.1 200 OK\r\ncontent-type: TEXT/HTML\r\ncontent-length: 27\r\nconnection: close\r\n\r\n<!DOCTYPE html>hunter2     ",
            ],
            &["HTTP/1.1 200 OK\r\ncontent-length: 13\r\nconnection: close\r\n\r\n\n<html></html"],
        ] {
            let lost = (0, Some("wrong_protocol"), Some(200), 1);
            assert_eq!(one(answers), lost, "{answers:?}");
        }
    });
}

#[test]
fn a_refusal_has_a_class_and_a_number_and_is_not_sent_again() {
    in_a_process_of_its_own(|| {
        let cases: [(&'static [&'static str], &str, u16); 6] = [
            (
                &["HTTP/1.1 401 hunter2\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"],
                "unauthorized",
                401,
            ),
            (
                &["HTTP/1.1 403 No\r\ncontent-length: 7\r\nconnection: close\r\n\r\nhunter2"],
                "forbidden",
                403,
            ),
            (
                &["HTTP/1.1 404 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"],
                "not_found",
                404,
            ),
            (
                &["HTTP/1.1 413 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"],
                "too_large",
                413,
            ),
            (
                &["HTTP/1.1 400 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"],
                "rejected",
                400,
            ),
            (
                &[
                    "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                ],
                "rejected",
                302,
            ),
        ];
        for (answers, class, number) in cases {
            assert_eq!(one(answers), (0, Some(class), Some(number), 1), "{class}");
        }
    });
}

#[test]
fn what_passes_is_sent_again_after_the_time_that_the_receiver_asks_for() {
    in_a_process_of_its_own(|| {
        let cases: [&'static [&'static str]; 4] = [
            &[
                "HTTP/1.1 503 No\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                FINE,
            ],
            &[
                "HTTP/1.1 429 No\r\nretry-after: 0\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                FINE,
            ],
            &[
                "HTTP/1.1 502 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                FINE,
            ],
            &[
                "HTTP/1.1 504 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                FINE,
            ],
        ];
        for answers in cases {
            assert_eq!(one(answers), (1, None, None, 2), "{answers:?}");
        }
        // It asks for more than the export's deadline leaves.
        let busy: &[&str] = &[
            "HTTP/1.1 503 No\r\nretry-after: 30\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        ];
        assert_eq!(one(busy), (0, Some("unavailable"), Some(503), 1));
    });
}

#[test]
fn an_answer_that_is_larger_than_is_read_is_judged_by_its_beginning() {
    in_a_process_of_its_own(|| {
        let large = |begin: &str| -> &'static [&'static str] {
            let body = format!("{begin}{}", "x".repeat(200_000));
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            Vec::leak(vec![&*String::leak(answer)])
        };
        assert_eq!(one(large("accepted ")), DELIVERED);
        let page = (0, Some("wrong_protocol"), Some(200), 1);
        assert_eq!(one(large("<!doctype html>")), page);
        assert_eq!(one(large("<!-- hunter2 --><title>")), page);
    });
}

#[test]
fn the_wrong_protocol_is_called_so_both_ways() {
    in_a_process_of_its_own(|| {
        let (http, grpc) = (Receiver::http(), Receiver::grpc());
        let old = Scripted::with(&[
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        ]);
        for (protocol, endpoint) in [
            ("grpc", http.endpoint()),
            ("grpc", old.endpoint.clone()),
            ("http/protobuf", grpc.endpoint()),
        ] {
            let tracing = exporting(protocol, &endpoint);
            work();
            assert!(flush(SOON));
            let seen = status();
            let class = seen.last_export_error.unwrap_or_default();
            // What an old server answers may be lost with the connection that it closes over unread frames.
            let may_break = endpoint == old.endpoint && class == "broken";
            assert!(
                class == "wrong_protocol" || may_break,
                "{protocol}: {class}"
            );
            assert_eq!(seen.spans.dropped.export_failed, 1, "{protocol}");
            drop(tracing);
        }
    });
}

#[test]
fn nobody_there_and_no_such_name_are_told_apart() {
    in_a_process_of_its_own(|| {
        let closed = {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            format!("http://{}", listener.local_addr().unwrap())
        };
        for protocol in ["grpc", "http/protobuf"] {
            for (endpoint, class) in [
                (closed.as_str(), "refused"),
                ("http://collector.invalid:4317", "unresolved"),
            ] {
                let tracing = exporting(protocol, endpoint);
                work();
                assert!(flush(SOON));
                assert_eq!(status().last_export_error, Some(class), "{protocol}");
                drop(tracing);
            }
        }
    });
}

#[test]
fn grpc_codes_have_classes_and_numbers_too() {
    in_a_process_of_its_own(|| {
        for (code, class, number) in [
            ("unavailable", "unavailable", 14),
            ("resource_exhausted", "too_large", 8),
            ("invalid_argument", "rejected", 3),
        ] {
            let receiver = Receiver::refusing(code, "password=hunter2");
            let tracing = exporting("grpc", &receiver.endpoint());
            work();
            assert!(flush(SOON));
            let seen = status();
            assert_eq!(
                (seen.last_export_error, seen.last_export_status),
                (Some(class), Some(number))
            );
            // Only the first is sent again.
            assert_eq!(receiver.count() > 1, code == "unavailable", "{code}");
            drop(tracing);
        }
    });
}

#[test]
fn a_shutdown_ends_the_tries_of_an_export() {
    in_a_process_of_its_own(|| {
        let server = Scripted::with(&[
            "HTTP/1.1 503 No\r\nretry-after: 20\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        ]);
        let tracing = Tracing::builder("answers")
            .settings([
                ("TRACING_ENABLED", "1"),
                ("OTEL_TRACES_SAMPLER", "always_on"),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_EXPORTER_OTLP_ENDPOINT", &server.endpoint),
                ("OTEL_BSP_SCHEDULE_DELAY", "10"),
            ])
            .init();
        work();
        while server.requests() == 0 {
            std::thread::yield_now();
        }
        // It would wait for twenty seconds; the shutdown waits for ten at most.
        assert_eq!(tracing.shutdown(SOON), 1);
        let seen = status();
        assert_eq!(seen.worker, WorkerState::NotRunning, "{seen:?}");
        assert_eq!(
            (seen.spans.pending, seen.spans.dropped.export_failed),
            (0, 1)
        );
    });
}
