//! R17: whatever a request waits for, with no limit of time set, it waits no longer than a shutdown does, and neither the
//! worker nor its I/O thread is left behind.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use observed_runtime::{Tracing, WorkerState, observed, observed_event, status};
use observed_tests::hostile::{Hostile, field};

use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, work};

const PROTOCOLS: [&str; 2] = ["grpc", "http/protobuf"];

/// Not limited by anything but the shutdown.
fn exporting(protocol: &str, endpoint: &str, proxy: &str) -> Tracing {
    exporting_within("0", protocol, endpoint, proxy)
}

/// Limited by the time of one request, in milliseconds.
fn exporting_within(limit: &str, protocol: &str, endpoint: &str, proxy: &str) -> Tracing {
    let settings = [
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", limit),
        ("OTEL_BSP_EXPORT_TIMEOUT", "0"),
        ("OTEL_BSP_SCHEDULE_DELAY", "10"),
        ("HTTP_PROXY", proxy),
        ("HTTPS_PROXY", proxy),
    ];
    Tracing::builder("stops").settings(settings).init()
}

/// The threads of this process that are the runtime's (proc(5), `task`).
fn threads() -> Vec<String> {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let names = tasks
        .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok())
        .map(|name| name.trim_end().to_owned());
    names.filter(|name| name.starts_with("observed-")).collect()
}

/// Exports what `work` records, waits until `under_way`, and shuts down.
fn ends_with_the_shutdown(
    case: &str,
    tracing: Tracing,
    work: impl FnOnce(),
    under_way: impl Fn() -> bool,
    class: &str,
) {
    let deadline = Instant::now() + SOON;
    let in_time = || assert!(Instant::now() < deadline, "{case}: {:?}", threads());
    work();
    while !under_way() {
        in_time();
        std::thread::yield_now();
    }
    assert!(threads().len() >= 2, "{case}: {:?}", threads());
    assert_eq!(tracing.shutdown(Duration::from_millis(200)), 1, "{case}");
    while !threads().is_empty() {
        in_time();
        std::thread::yield_now();
    }
    let seen = status();
    assert_eq!(seen.worker, WorkerState::NotRunning, "{case}");
    assert!(seen.spans.adds_up() && seen.spans.pending == 0, "{case}");
    assert_eq!(seen.spans.dropped.export_failed, 1, "{case}: {seen:?}");
    assert_eq!(seen.last_export_error, Some(class), "{case}");
    // The next one begins anew.
    drop(tracing);
}

/// Accepts connections, keeps them, and says nothing.
fn silent() -> (SocketAddr, impl Fn() -> bool) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, came) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // The channel keeps it open.
            let _ = sender.send(stream);
        }
    });
    let kept = std::cell::RefCell::new(Vec::new());
    (address, move || {
        kept.borrow_mut().extend(came.try_recv());
        !kept.borrow().is_empty()
    })
}

#[test]
fn a_peer_that_says_nothing_is_left_with_the_shutdown() {
    in_a_process_of_its_own(|| {
        for protocol in PROTOCOLS {
            let (address, came) = silent();
            let tracing = exporting(protocol, &format!("http://{address}"), "");
            ends_with_the_shutdown(protocol, tracing, work, came, "timeout");
        }
    });
}

#[observed(name = "much")]
fn much() {
    for n in 0..128_u32 {
        let note = "x".repeat(250);
        observed_event!(
            name = "row_read",
            attrs(
                row = n,
                one = public(&note),
                other = public(&note),
                third = public(&note)
            )
        );
    }
}

#[test]
fn a_peer_that_takes_no_more_of_a_request_is_left_with_the_shutdown() {
    in_a_process_of_its_own(|| {
        // By HTTP/2 it takes 65,535 bytes before it is asked (RFC 9113, section 6.9.2), and then no more.
        let (address, came) = silent();
        let tracing = exporting("grpc", &format!("http://{address}"), "");
        ends_with_the_shutdown("a body", tracing, much, came, "timeout");
    });
}

#[test]
fn a_port_that_accepts_nothing_is_left_with_the_shutdown() {
    in_a_process_of_its_own(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()
            .unwrap();
        let _in_runtime = runtime.enter();
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let listener = socket.listen(1).unwrap();
        let address = listener.local_addr().unwrap();
        // The system accepts some for it, and drops what comes then.
        let connect = || TcpStream::connect_timeout(&address, Duration::from_millis(300)).ok();
        let kept: Vec<_> = std::iter::from_fn(connect).take(64).collect();
        assert!(kept.len() < 64, "its queue is full");
        for protocol in PROTOCOLS {
            let tracing = exporting(protocol, &format!("http://{address}"), "");
            ends_with_the_shutdown(protocol, tracing, work, || true, "timeout");
        }
    });
}

#[test]
fn a_handshake_and_a_tunnel_without_an_answer_are_left_with_the_shutdown() {
    in_a_process_of_its_own(|| {
        for protocol in PROTOCOLS {
            let (address, came) = silent();
            let endpoint = format!("https://localhost:{}", address.port());
            let tracing = exporting(protocol, &endpoint, "");
            ends_with_the_shutdown("a handshake", tracing, work, came, "timeout");
            for endpoint in ["http://collector.test:4317", "https://collector.test:4317"] {
                let (address, came) = silent();
                let tracing = exporting(protocol, endpoint, &format!("http://{address}"));
                ends_with_the_shutdown("a tunnel", tracing, work, came, "timeout");
            }
        }
    });
}

#[test]
fn an_answer_that_is_not_whole_is_left_with_the_shutdown() {
    in_a_process_of_its_own(|| {
        let by_http1 = Hostile::http1(|exchange| {
            exchange.write(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf")?;
            exchange.hold()
        });
        let by_http2 = Hostile::http2(|exchange| {
            exchange.answer("200")?;
            exchange.hold()
        });
        for (protocol, hostile) in PROTOCOLS.into_iter().zip([by_http2, by_http1]) {
            let tracing = exporting(protocol, &hostile.endpoint(), "");
            let came = || hostile.begun() > 0;
            ends_with_the_shutdown(protocol, tracing, work, came, "timeout");
        }
    });
}

#[test]
fn the_pause_before_another_try_is_left_with_the_shutdown() {
    in_a_process_of_its_own(|| {
        for wait in ["", "retry-after: 3600\r\n"] {
            let hostile = Hostile::http1(move |exchange| {
                let head = "HTTP/1.1 503 No\r\ncontent-length: 0\r\nconnection: close";
                exchange.write(format!("{head}\r\n{wait}\r\n").as_bytes())
            });
            let tracing = exporting("http/protobuf", &hostile.endpoint(), "");
            let came = || hostile.begun() > 0;
            ends_with_the_shutdown(wait, tracing, work, came, "unavailable");
        }
    });
}

#[test]
fn a_try_that_the_shutdown_cuts_short_leaves_the_class_of_the_one_before_it() {
    in_a_process_of_its_own(|| {
        let asked = AtomicU64::new(0);
        let hostile = Hostile::http1(move |exchange| {
            if asked.fetch_add(1, Ordering::SeqCst) > 0 {
                return exchange.hold();
            }
            exchange.write(b"HTTP/1.1 503 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        });
        // Less than the export has, so that it is not this limit that the shutdown is mistaken for.
        let tracing = exporting_within("3600000", "http/protobuf", &hostile.endpoint(), "");
        let came = || hostile.begun() > 1;
        ends_with_the_shutdown("the second", tracing, work, came, "unavailable");
    });
}

#[test]
fn an_answer_that_comes_within_the_shutdowns_deadline_is_waited_for_and_the_rest_is_sent() {
    const PAUSE: Duration = Duration::from_millis(200);
    in_a_process_of_its_own(|| {
        let by_http1 = Hostile::http1(|exchange| {
            std::thread::sleep(PAUSE);
            exchange.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        });
        let by_http2 = Hostile::http2(|exchange| {
            std::thread::sleep(PAUSE);
            exchange.answer("200")?;
            exchange.trailers(&field("grpc-status", b"0"))
        });
        for (protocol, slow) in PROTOCOLS.into_iter().zip([by_http2, by_http1]) {
            let tracing = exporting(protocol, &slow.endpoint(), "");
            work();
            while slow.begun() == 0 {
                std::thread::yield_now();
            }
            work();
            assert_eq!(tracing.shutdown(SOON), 0, "{protocol}: {:?}", status());
            let spans = status().spans;
            assert_eq!((spans.exported, slow.begun()), (2, 2), "{protocol}");
            drop(tracing);
        }
    });
}
