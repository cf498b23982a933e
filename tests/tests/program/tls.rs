//! R13, R17: `https://` and what can be wrong with it. Every wrong setting leaves the service running, and its reason names
//! the variable and never the value.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;

use observed_runtime::{State, Tracing, flush, status};
use observed_tests::receiver::Receiver;
use observed_tests::tls::{Authority, Identity, TlsReceiver};

use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, work};

const PROTOCOLS: [&str; 2] = ["grpc", "http/protobuf"];
const VALID: i32 = 4000;

fn exporting(protocol: &str, endpoint: &str, files: &[(&str, &Path)]) -> Tracing {
    let mut builder = Tracing::builder("tls").settings([
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
        ("OTEL_EXPORTER_OTLP_HEADERS", "x-api-key=hunter2"),
        ("OTEL_BSP_EXPORT_TIMEOUT", "3000"),
    ]);
    for (name, file) in files {
        builder = builder.set(name, file.to_str().unwrap());
    }
    builder.init()
}

const CERTIFICATE: &str = "OTEL_EXPORTER_OTLP_CERTIFICATE";
const CLIENT_CERTIFICATE: &str = "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE";
const CLIENT_KEY: &str = "OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY";

/// Sends one span by each protocol; says how many were delivered and the class of the last failure.
fn by_both(server: &TlsReceiver, files: &[(&str, &Path)]) -> Vec<(u64, Option<&'static str>)> {
    let mut seen = Vec::new();
    for protocol in PROTOCOLS {
        let tracing = exporting(protocol, &server.endpoint(), files);
        work();
        assert!(flush(SOON));
        let status = status();
        assert_eq!(status.state, State::Enabled);
        if status.spans.exported > 0 {
            let headers = server.headers();
            assert!(
                headers.contains("x-api-key=hunter2\n"),
                "{protocol}: {headers}"
            );
        }
        seen.push((status.spans.exported, status.last_export_error));
        drop(tracing);
    }
    seen
}

#[test]
fn a_span_arrives_over_tls_by_both_protocols() {
    in_a_process_of_its_own(|| {
        let authority = Authority::new("arrives");
        let server = authority.serve(&authority.identity("localhost", VALID), false);
        let seen = by_both(&server, &[(CERTIFICATE, &authority.file())]);
        assert_eq!(seen, [(1, None), (1, None)]);
        assert_eq!(server.requests(), 2);
    });
}

/// A port whose first connection is carried nowhere, and the others to `to`.
fn silent_at_first(to: SocketAddr) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let _held = listener.accept();
        for from in listener.incoming().flatten() {
            let onward = TcpStream::connect(to).unwrap();
            for (from, onward) in [(&from, &onward), (&onward, &from)] {
                let (mut from, mut onward) =
                    (from.try_clone().unwrap(), onward.try_clone().unwrap());
                std::thread::spawn(move || std::io::copy(&mut from, &mut onward));
            }
        }
    });
    port
}

#[test]
fn a_handshake_that_hangs_is_tried_again_because_nothing_was_sent() {
    in_a_process_of_its_own(|| {
        let authority = Authority::new("hangs");
        let server = authority.serve(&authority.identity("localhost", VALID), false);
        let trusted = authority.file();
        for protocol in PROTOCOLS {
            let endpoint = format!("https://localhost:{}", silent_at_first(server.address()));
            let tracing = Tracing::builder("tls")
                .settings([
                    ("TRACING_ENABLED", "1"),
                    ("OTEL_TRACES_SAMPLER", "always_on"),
                    ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
                    ("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint),
                    (CERTIFICATE, trusted.to_str().unwrap()),
                    ("OTEL_EXPORTER_OTLP_TIMEOUT", "400"),
                    ("OTEL_BSP_EXPORT_TIMEOUT", "9000"),
                ])
                .init();
            work();
            assert!(flush(SOON));
            assert_eq!(status().spans.exported, 1, "{protocol}: {:?}", status());
            drop(tracing);
        }
        assert_eq!(server.requests(), 2);
    });
}

#[test]
fn a_server_that_is_not_the_one_is_sent_nothing() {
    in_a_process_of_its_own(|| {
        let (authority, other) = (Authority::new("known"), Authority::new("unknown"));
        let trusted = authority.file();
        for (case, server) in [
            (
                "wrong authority",
                other.serve(&other.identity("localhost", VALID), false),
            ),
            (
                "expired",
                authority.serve(&authority.identity("localhost", 2001), false),
            ),
            (
                "wrong host",
                authority.serve(&authority.identity("example.com", VALID), false),
            ),
        ] {
            let seen = by_both(&server, &[(CERTIFICATE, &trusted)]);
            assert_eq!(seen, [(0, Some("tls")), (0, Some("tls"))], "{case}");
            assert_eq!(server.requests(), 0, "{case}");
        }
    });
}

#[test]
fn the_roots_that_are_built_in_do_not_trust_just_anybody() {
    in_a_process_of_its_own(|| {
        let authority = Authority::new("stranger");
        let server = authority.serve(&authority.identity("localhost", VALID), false);
        let seen = by_both(&server, &[]);
        assert_eq!(seen, [(0, Some("tls")), (0, Some("tls"))]);
    });
}

#[test]
fn a_server_that_demands_a_certificate_takes_the_one_that_is_given() {
    in_a_process_of_its_own(|| {
        let authority = Authority::new("mutual");
        let server = authority.serve(&authority.identity("localhost", VALID), true);
        let trusted = authority.file();
        // By TLS 1.3 the refusal comes after the handshake; the chance of seeing only that the connection closed is high.
        for _ in 0..5 {
            let seen = by_both(&server, &[(CERTIFICATE, &trusted)]);
            assert_eq!(seen, [(0, Some("tls")), (0, Some("tls"))]);
        }
        let Identity { certificate, key } = authority.identity("client", VALID);
        let with = [
            (CERTIFICATE, trusted.as_path()),
            (CLIENT_CERTIFICATE, &certificate),
            (CLIENT_KEY, &key),
        ];
        assert_eq!(by_both(&server, &with), [(1, None), (1, None)]);
        assert_eq!(server.requests(), 2);
    });
}

#[test]
fn files_that_cannot_be_used_leave_tracing_off_with_the_variables_name() {
    in_a_process_of_its_own(|| {
        let authority = Authority::new("files");
        let (one, two) = (
            authority.identity("one", VALID),
            authority.identity("two", VALID),
        );
        let empty = authority.file_of("empty.pem", "");
        let garbage = authority.file_of(
            "garbage.pem",
            "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n",
        );
        let missing = Path::new("/nowhere/secret-name.pem");
        let folder = empty.parent().unwrap();
        let cases: [(&str, &[(&str, &Path)]); 6] = [
            (CERTIFICATE, &[(CERTIFICATE, missing)]),
            (CERTIFICATE, &[(CERTIFICATE, folder)]),
            (CERTIFICATE, &[(CERTIFICATE, &empty)]),
            (CERTIFICATE, &[(CERTIFICATE, &garbage)]),
            (
                "CLIENT_KEY",
                &[
                    (CLIENT_CERTIFICATE, &one.certificate),
                    (CLIENT_KEY, &two.key),
                ],
            ),
            (
                "CLIENT_KEY",
                &[
                    (CLIENT_CERTIFICATE, &one.certificate),
                    (CLIENT_KEY, &one.certificate),
                ],
            ),
        ];
        for (variable, files) in cases {
            let tracing = exporting("grpc", "https://localhost:4317", files);
            let State::Failed { reason } = status().state else {
                panic!("{variable}: {:?}", status());
            };
            assert!(reason.contains(variable), "{variable}: {reason}");
            for (_, file) in files {
                assert!(!reason.contains(file.to_str().unwrap()), "{reason}");
            }
            work();
            drop(tracing);
        }
    });
}

const FILES: [&str; 6] = [
    CERTIFICATE,
    "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE",
    CLIENT_CERTIFICATE,
    "OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE",
    "OTEL_EXPORTER_OTLP_CLIENT_KEY",
    CLIENT_KEY,
];

#[test]
fn a_file_is_regular_and_small_and_the_reason_names_the_form_of_the_variable() {
    in_a_process_of_its_own(|| {
        let authority = Authority::new("regular");
        let Identity { certificate, key } = authority.identity("client", VALID);
        let large = authority.file_of("large.pem", &"x".repeat(2 * 1024 * 1024));
        let empty = authority.file_of("empty.pem", "");
        let pipe = large.with_file_name("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        for variable in FILES {
            for (file, why) in [
                (&*large, "that is larger than 1 MiB"),
                (&empty, "without "),
                (&pipe, "that is no regular file"),
                (Path::new("/dev/zero"), "that is no regular file"),
                (large.parent().unwrap(), "that is no regular file"),
                (
                    Path::new("/nowhere/secret-name.pem"),
                    "that cannot be read: ",
                ),
            ] {
                // A client has both.
                let other = match variable {
                    CERTIFICATE | "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE" => None,
                    key if key.ends_with("KEY") => Some((CLIENT_CERTIFICATE, &*certificate)),
                    _ => Some((CLIENT_KEY, &*key)),
                };
                let files: Vec<_> = other.into_iter().chain([(variable, file)]).collect();
                let tracing = exporting("grpc", "https://localhost:4317", &files);
                let State::Failed { reason } = status().state else {
                    panic!("{variable}: {file:?}: {:?}", status());
                };
                let expected = format!("{variable} names a file {why}");
                assert!(reason.starts_with(&expected), "{reason}");
                assert!(!reason.contains(file.to_str().unwrap()), "{reason}");
                drop(tracing);
            }
        }
    });
}

#[test]
fn clear_text_where_tls_is_expected_and_the_reverse_are_told() {
    in_a_process_of_its_own(|| {
        let authority = Authority::new("mixed");
        let server = authority.serve(&authority.identity("localhost", VALID), false);
        let clear = server.endpoint().replace("https://", "http://");
        for protocol in PROTOCOLS {
            let tracing = exporting(protocol, &clear, &[]);
            work();
            assert!(flush(SOON));
            let seen = status();
            assert_eq!(seen.spans.exported, 0);
            let class = seen.last_export_error.unwrap();
            assert!(
                ["wrong_protocol", "broken"].contains(&class),
                "{protocol}: {class}"
            );
            drop(tracing);
        }
        for (protocol, receiver) in [
            ("grpc", Receiver::grpc()),
            ("http/protobuf", Receiver::http()),
        ] {
            let endpoint = receiver
                .endpoint()
                .replace("http://127.0.0.1", "https://localhost");
            let tracing = exporting(protocol, &endpoint, &[]);
            work();
            assert!(flush(SOON));
            let seen = status();
            assert_eq!(seen.last_export_error, Some("tls"), "{protocol}");
            assert!(!format!("{seen:?}").contains("hunter2"));
            drop(tracing);
        }
    });
}
