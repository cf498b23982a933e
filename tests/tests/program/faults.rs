//! The fault table of docs/reliability.md: whatever the collector does, the program's answers are the same, every span is
//! accounted for, and a change of state is logged once.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use observed_runtime::{Tracing, WorkerState, flush, observed, status};
use observed_tests::receiver::Receiver;

use crate::logs;
use crate::scenario::in_a_process_of_its_own;

const SOON: Duration = Duration::from_secs(20);
const PROTOCOLS: [&str; 2] = ["grpc", "http/protobuf"];

#[observed(name = "double", attrs(n))]
fn double(n: u64) -> u64 {
    n * 2
}

fn tracing_to(protocol: &str, address: SocketAddr) -> Tracing {
    let endpoint = format!("http://{address}");
    Tracing::builder("faults")
        .settings([
            ("TRACING_ENABLED", "1"),
            ("OTEL_TRACES_SAMPLER", "always_on"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "200"),
            ("OTEL_BSP_EXPORT_TIMEOUT", "300"),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "10"),
            ("OTEL_BSP_SCHEDULE_DELAY", "50"),
        ])
        .init()
}

/// A collector that treats every connection as `serve` says.
fn collector(serve: impl Fn(TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || listener.incoming().flatten().for_each(serve));
    address
}

/// Runs the program against a collector that takes nothing, by both protocols.
fn nothing_arrives(make: impl Fn() -> SocketAddr) {
    for protocol in PROTOCOLS {
        let address = make();
        logs::collect();
        let tracing = tracing_to(protocol, address);
        for n in 0..200 {
            assert_eq!(double(n), n * 2);
        }
        assert!(flush(SOON), "{protocol}: {:?}", status());
        let seen = status();
        let spans = seen.spans;
        assert!(
            spans.adds_up() && spans.pending == 0,
            "{protocol}: {spans:?}"
        );
        assert_eq!(spans.exported, 0, "{protocol}");
        assert_eq!(spans.started + spans.paused, 200, "{protocol}: {spans:?}");
        assert_eq!(
            spans.dropped.total(),
            spans.started,
            "{protocol}: {spans:?}"
        );
        assert!(seen.last_export_error.is_some(), "{protocol}");
        assert_ne!(seen.worker, WorkerState::Exporting, "{protocol}");
        assert_eq!(
            logs::count("spans are being lost"),
            1,
            "{protocol}: {:?}",
            logs::all()
        );
        drop(tracing);
    }
}

/// Reads the head of a request, so that the answer is one.
fn read_some(stream: &mut TcpStream) {
    let _ = stream.set_read_timeout(Some(Duration::from_millis(100)));
    let mut buffer = [0; 4 * 1024];
    let _ = stream.read(&mut buffer);
}

fn answer(status: &'static str, body: &'static [u8]) -> SocketAddr {
    collector(move |mut stream| {
        std::thread::spawn(move || {
            read_some(&mut stream);
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(body);
        });
    })
}

#[test]
fn what_is_compressed_arrives_by_both_protocols() {
    in_a_process_of_its_own(|| {
        for (protocol, receiver) in PROTOCOLS
            .into_iter()
            .zip([Receiver::grpc(), Receiver::http()])
        {
            let tracing = Tracing::builder("faults")
                .settings([
                    ("TRACING_ENABLED", "1"),
                    ("OTEL_TRACES_SAMPLER", "always_on"),
                    ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
                    ("OTEL_EXPORTER_OTLP_ENDPOINT", &receiver.endpoint()),
                    ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
                ])
                .init();
            assert_eq!(double(4), 8);
            assert!(flush(SOON));
            assert_eq!(status().spans.exported, 1, "{protocol}: {:?}", status());
            assert_eq!(receiver.spans()[0].attributes["n"], "int:4", "{protocol}");
            drop(tracing);
        }
    });
}

#[test]
fn an_absent_collector() {
    in_a_process_of_its_own(|| {
        nothing_arrives(|| {
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
                .unwrap()
                .local_addr()
                .unwrap()
        });
    });
}

#[test]
fn a_collector_that_closes_every_connection() {
    in_a_process_of_its_own(|| nothing_arrives(|| collector(drop)));
}

#[test]
fn a_collector_that_accepts_and_never_answers() {
    in_a_process_of_its_own(|| {
        nothing_arrives(|| {
            collector(|stream| {
                std::thread::spawn(move || {
                    std::thread::sleep(Duration::from_mins(5));
                    drop(stream);
                });
            })
        });
    });
}

#[test]
fn a_collector_that_answers_garbage() {
    in_a_process_of_its_own(|| {
        nothing_arrives(|| {
            collector(|mut stream| {
                let _ = stream.write_all(b"\x00\xff\x17 this is no answer \r\n\r\n\x00");
            })
        });
    });
}

#[test]
fn a_collector_that_dies_in_the_middle_of_a_batch() {
    in_a_process_of_its_own(|| {
        nothing_arrives(|| {
            collector(|mut stream| {
                let mut some = [0; 64];
                let _ = stream.read(&mut some);
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
            })
        });
    });
}

#[test]
fn a_collector_that_speaks_tls() {
    // What a TLS server answers to a request in clear: the alert `unexpected_message` (RFC 8446, section 6).
    const ALERT: [u8; 7] = [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x0a];
    in_a_process_of_its_own(|| {
        nothing_arrives(|| {
            collector(|mut stream| {
                read_some(&mut stream);
                let _ = stream.write_all(&ALERT);
            })
        });
    });
}

#[test]
fn a_collector_that_is_overloaded() {
    in_a_process_of_its_own(|| {
        nothing_arrives(|| answer("503 Service Unavailable\r\nretry-after: 30", b""));
    });
}

#[test]
fn a_collector_that_throttles() {
    in_a_process_of_its_own(|| {
        nothing_arrives(|| answer("429 Too Many Requests\r\nretry-after: 30", b""));
    });
}

#[test]
fn a_collector_that_refuses_the_data_and_says_why_in_secret_words() {
    in_a_process_of_its_own(|| {
        nothing_arrives(|| answer("400 Bad Request", b"password=hunter2"));
        assert_eq!(logs::count("hunter2"), 0);
        assert!(!format!("{:?}", status()).contains("hunter2"));
    });
}

#[test]
fn a_name_that_does_not_resolve() {
    in_a_process_of_its_own(|| {
        for protocol in PROTOCOLS {
            let tracing = Tracing::builder("faults")
                .settings([
                    ("TRACING_ENABLED", "1"),
                    ("OTEL_TRACES_SAMPLER", "always_on"),
                    ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
                    (
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://collector.invalid:4317",
                    ),
                    ("OTEL_BSP_EXPORT_TIMEOUT", "500"),
                ])
                .init();
            assert_eq!(double(4), 8);
            assert!(flush(SOON));
            let spans = status().spans;
            assert_eq!(
                (spans.started, spans.dropped.export_failed),
                (1, 1),
                "{protocol}: {:?}",
                status()
            );
            drop(tracing);
        }
    });
}

#[test]
fn a_collector_that_comes_back_gets_what_is_recorded_from_then_on() {
    in_a_process_of_its_own(|| {
        for protocol in PROTOCOLS {
            logs::collect();
            let receiver = if protocol == "grpc" {
                Receiver::grpc()
            } else {
                Receiver::http()
            };
            let back = receiver
                .endpoint()
                .trim_start_matches("http://")
                .parse()
                .unwrap();
            // A door that is shut at first.
            let shut = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
            let door = std::sync::Arc::clone(&shut);
            let address = collector(move |stream| {
                if !door.load(std::sync::atomic::Ordering::SeqCst) {
                    forward(stream, back);
                }
            });
            let tracing = tracing_to(protocol, address);
            for n in 0..100 {
                double(n);
            }
            assert!(flush(SOON));
            assert_eq!(status().spans.exported, 0);
            shut.store(false, std::sync::atomic::Ordering::SeqCst);
            let deadline = Instant::now() + SOON;
            while status().spans.exported == 0 && Instant::now() < deadline {
                double(1);
                flush(SOON);
                std::thread::sleep(Duration::from_millis(50));
            }
            assert!(flush(SOON));
            let spans = status().spans;
            assert!(
                spans.exported > 0 && spans.adds_up(),
                "{protocol}: {spans:?}"
            );
            assert_eq!(receiver.spans().len() as u64, spans.exported, "{protocol}");
            assert_eq!(
                (logs::count("are being lost"), logs::count("again")),
                (1, 1),
                "{protocol}: {:?}",
                logs::all()
            );
            drop(tracing);
        }
    });
}

/// Copies both directions until one side ends.
fn forward(from: TcpStream, to: SocketAddr) {
    let Ok(onward) = TcpStream::connect(to) else {
        return;
    };
    let copies = [
        (from.try_clone().unwrap(), onward.try_clone().unwrap()),
        (onward, from),
    ];
    for (mut reader, mut writer) in copies {
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut reader, &mut writer);
            let _ = writer.shutdown(std::net::Shutdown::Both);
        });
    }
}
