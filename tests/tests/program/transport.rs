//! What goes over the wire, and what collectors answer by their own protocol.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::mpsc::channel;

use observed_runtime::{Tracing, WorkerState, flush, status};
use observed_tests::receiver::Receiver;

use crate::scenario::{in_a_process_of_its_own, in_a_process_with};
use crate::{SOON, work};

fn exporting(protocol: &str, endpoint: &str) -> Tracing {
    let settings = [
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
        ("OTEL_EXPORTER_OTLP_HEADERS", "x-mine=from-code"),
        // How long a receiver that cannot take anything at the moment is tried again.
        ("OTEL_BSP_EXPORT_TIMEOUT", "1000"),
    ];
    Tracing::builder("transport").settings(settings).init()
}

#[test]
fn a_grpc_collector_that_refuses_says_so_in_words_that_nobody_sees() {
    in_a_process_of_its_own(|| {
        for code in ["unavailable", "resource_exhausted", "invalid_argument"] {
            let receiver = Receiver::refusing(code, "password=hunter2");
            let tracing = exporting("grpc", &receiver.endpoint());
            work();
            assert!(flush(SOON));
            let seen = status();
            assert_eq!(
                (seen.spans.exported, seen.spans.dropped.export_failed),
                (0, 1),
                "{code}"
            );
            assert_eq!(seen.worker, WorkerState::Failing, "{code}");
            assert!(receiver.count() > 0, "{code}: it was asked");
            assert!(!format!("{seen:?}").contains("hunter2"));
            drop(tracing);
        }
    });
}

/// Answers every request so, and gives the heads of the requests.
fn answering(answer: &'static str) -> (String, std::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (sender, heads) = channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = vec![0; 8 * 1024];
            let read = stream.read(&mut head).unwrap_or(0);
            let _ = sender.send(String::from_utf8_lossy(&head[..read]).to_lowercase());
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (endpoint, heads)
}

#[test]
fn a_web_page_is_no_collector() {
    in_a_process_of_its_own(|| {
        let (endpoint, _heads) = answering(
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>",
        );
        let _tracing = exporting("http/protobuf", &endpoint);
        work();
        assert!(flush(SOON));
        let spans = status().spans;
        assert_eq!((spans.exported, spans.dropped.export_failed), (0, 1));
    });
}

#[test]
fn the_environment_adds_no_header_to_what_the_program_has_set() {
    let environment = [
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            "x-leak=from-the-environment,x-mine=other",
        ),
        (
            "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
            "x-leak=from-the-environment,x-mine=other",
        ),
    ];
    in_a_process_with(&environment, || {
        let (endpoint, heads) =
            answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        let tracing = exporting("http/protobuf", &endpoint);
        work();
        assert!(flush(SOON));
        let head = heads.recv().unwrap();
        assert!(head.contains("x-mine: from-code"), "{head}");
        assert!(
            head.contains("content-type: application/x-protobuf"),
            "{head}"
        );
        assert!(
            !head.contains("from-the-environment") && !head.contains("other"),
            "{head}"
        );
        // The OTLP specification wants it so, of whoever exports.
        let agent = concat!("otel-otlp-exporter-rust/", env!("CARGO_PKG_VERSION"));
        assert!(
            head.contains("user-agent: ") && head.contains(agent),
            "{head}"
        );
        drop(tracing);

        let receiver = Receiver::grpc();
        let _tracing = exporting("grpc", &receiver.endpoint());
        work();
        assert!(flush(SOON));
        let headers = receiver.headers();
        assert!(headers.contains("x-mine=from-code"), "{headers}");
        assert!(!headers.contains("from-the-environment"), "{headers}");
        assert!(headers.to_lowercase().contains(agent), "{headers}");
    });
}

/// The encoder is a crate that reads the process's environment by itself.
#[test]
fn the_environment_does_not_say_that_a_request_is_compressed() {
    let environment = [
        ("OTEL_EXPORTER_OTLP_HEADERS", "content-encoding=gzip"),
        ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "content-encoding=gzip"),
        ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
    ];
    for environment in [&environment[..1], &environment] {
        in_a_process_with(environment, || {
            for (protocol, receiver) in [
                ("grpc", Receiver::grpc()),
                ("http/protobuf", Receiver::http()),
            ] {
                let tracing = exporting(protocol, &receiver.endpoint());
                work();
                assert!(flush(SOON));
                let seen = status();
                assert_eq!(
                    (seen.spans.exported, receiver.count()),
                    (1, 1),
                    "{protocol}: {seen:?}"
                );
                drop(tracing);
            }
        });
    }
}

/// The `grpc-timeout` that a receiver sees with these limits of one request and of one export.
fn told_timeout(request: &str, export: &str) -> Option<String> {
    let receiver = Receiver::grpc();
    let settings = [
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &receiver.endpoint()),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", request),
        ("OTEL_BSP_EXPORT_TIMEOUT", export),
    ];
    let _tracing = Tracing::builder("timeouts").settings(settings).init();
    work();
    assert!(flush(SOON));
    assert_eq!(status().spans.exported, 1, "{request}: {:?}", status());
    let headers = receiver.headers();
    let told = headers
        .lines()
        .find_map(|line| line.strip_prefix("grpc-timeout="));
    told.map(str::to_owned)
}

/// gRPC over HTTP/2: a positive number of at most eight digits and a unit; without it the time is not limited.
#[test]
fn a_grpc_collector_is_told_the_timeout_where_eight_digits_hold_it() {
    in_a_process_of_its_own(|| {
        for (request, told) in [
            ("5000", Some("5000m")),
            ("99999999", Some("99999999m")),
            ("100000000", None),
            ("2147483647", None),
            ("0", None),
        ] {
            assert_eq!(told_timeout(request, "0").as_deref(), told, "{request}");
        }
        // What is left of the export's time, where that is less.
        let told = told_timeout("0", "9000").unwrap();
        let milliseconds: u64 = told.strip_suffix('m').unwrap().parse().unwrap();
        assert!((1..=9_000).contains(&milliseconds), "{told}");
    });
}
