//! R14, R15: a collector that answers with too much, too slowly or for somewhere else costs at most 32 MB and no caller's
//! time, and the account says what became of the spans.

mod endless;
mod misleading;
mod slow;

use observed_runtime::{Tracing, flush, status};
use observed_tests::hostile::{Attack, Hostile, Http1, Http2};
use observed_tests::receiver::Receiver;

use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, logs, work};

/// What a hostile collector may cost beyond one that behaves, in KiB.
const MOST: u64 = 32 * 1024;
/// Calls of the program while an answer is under way: with the first one two exports, so that the breaker stays closed.
const CALLS: u64 = 500;

/// The largest resident memory that this process has had, in KiB (proc(5), `VmHWM`).
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap()
}

fn exporting(protocol: &str, endpoint: &str, timeout: &str) -> Tracing {
    let settings = [
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", timeout),
        ("OTEL_BSP_EXPORT_TIMEOUT", timeout),
        ("OTEL_BSP_SCHEDULE_DELAY", "10"),
    ];
    Tracing::builder("hostile").settings(settings).init()
}

/// The peak with collectors that behave.
fn peak_of_peace() -> u64 {
    for (protocol, receiver) in [
        ("grpc", Receiver::counting()),
        ("http/protobuf", Receiver::http()),
    ] {
        let _tracing = exporting(protocol, &receiver.endpoint(), "10000");
        (0..=CALLS).for_each(|_| work());
        assert!(flush(SOON));
        assert_eq!(status().spans.exported, CALLS + 1, "{protocol}");
    }
    peak()
}

/// How an attack ends.
#[derive(Clone, Copy, Debug)]
enum End {
    /// The client breaks it off, with this class and number.
    Lost(&'static str),
    /// It goes on until the client's time is over.
    Held,
    /// The client has what it wants.
    Delivered,
}

/// A collector, and what it does.
struct Case {
    name: &'static str,
    protocol: &'static str,
    hostile: Hostile,
    end: End,
}

fn by_http1(name: &'static str, end: End, attack: impl Attack<Http1>) -> Case {
    Case {
        name,
        protocol: "http/protobuf",
        hostile: Hostile::http1(attack),
        end,
    }
}

fn by_http2(name: &'static str, end: End, attack: impl Attack<Http2>) -> Case {
    Case {
        name,
        protocol: "grpc",
        hostile: Hostile::http2(attack),
        end,
    }
}

/// Runs the program against each of the collectors, which have the words `hunter2` in what they send.
fn withstands(cases: impl FnOnce() -> Vec<Case>) {
    in_a_process_of_its_own(|| {
        let peace = peak_of_peace();
        for case in cases() {
            let (name, protocol) = (case.name, case.protocol);
            let ended = case.run();
            let cost = peak().saturating_sub(peace);
            println!("{name} by {protocol}: {cost} KiB more than collectors that behave");
            assert!(cost < MOST, "{name} by {protocol}: {cost} KiB");
            case.accounts();
            drop(ended);
        }
    });
}

impl Case {
    /// Calls while the collector does what it does, and ends; gives the handle, with which the account ends.
    fn run(&self) -> Tracing {
        let (name, is_held) = (self.name, matches!(self.end, End::Held));
        logs::collect();
        let timeout = if is_held { "1000" } else { "15000" };
        let tracing = exporting(self.protocol, &self.hostile.endpoint(), timeout);
        work();
        while self.hostile.begun() == 0 {
            std::thread::yield_now();
        }
        (0..CALLS).for_each(|_| work());
        let waited = is_held && self.hostile.ended() > 0;
        assert!(!waited, "{name}: the caller waited for the end");
        assert!(flush(2 * SOON), "{name}: {:?}", status());
        assert_eq!(tracing.shutdown(SOON), 0, "{name}: the flush left nothing");
        tracing
    }

    /// The account after the shutdown, and the class of the first failure, which is the one that is logged.
    fn accounts(&self) {
        let (name, spans, logged) = (self.name, status().spans, logs::all());
        assert!(spans.adds_up() && spans.pending == 0, "{name}: {spans:?}");
        assert_eq!(spans.started, CALLS + 1, "{name}: {spans:?}");
        assert!(!format!("{:?}{logged:?}", status()).contains("hunter2"));
        let class = match self.end {
            End::Delivered => {
                assert_eq!(spans.exported, spans.started, "{name}: {spans:?}");
                return;
            }
            End::Held => "timeout",
            End::Lost(class) => class,
        };
        let lost = spans.dropped.export_failed + spans.dropped.rejected;
        assert_eq!(lost, spans.started, "{name}: {spans:?}");
        let ends = |line: &String| line.ends_with(&format!(": {class}"));
        assert!(logged.iter().any(ends), "{name}: {class}: {logged:?}");
        let asked = self.hostile.begun();
        assert!(asked <= 4, "{name}: two exports asked {asked} times");
    }
}

const OK: &[u8] = b"HTTP/1.1 200 OK\r\n";
