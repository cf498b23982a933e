//! Long runs, in a shortened form; `OBSERVED_TEST_SPANS` makes them as long as docs/reliability.md says.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use observed_runtime::{Tracing, flush, observed, observed_span, status};
use observed_tests::receiver::Receiver;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

use crate::SOON;
use crate::scenario::in_a_process_of_its_own;

#[observed(name = "leaf", attrs(n))]
fn leaf(n: u64) -> u64 {
    n
}

/// A request of a hundred spans.
fn request(n: u64) {
    let _root = observed_span!(name = "request", attrs(n));
    (0..99).for_each(|at| assert_eq!(leaf(n + at), n + at));
}

pub(crate) fn spans_wanted(shortened: u64) -> u64 {
    let wanted = std::env::var("OBSERVED_TEST_SPANS");
    wanted.map_or(shortened, |wanted| wanted.parse().unwrap())
}

/// Waits until little is pending, as a program that is not overloaded does.
fn breathe() {
    while status().spans.pending > 8_000 {
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Counts what it gets and keeps nothing, so that what grows is the runtime's.
#[derive(Clone, Debug, Default)]
struct Counting(Arc<AtomicU64>);

impl SpanExporter for Counting {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.0.fetch_add(batch.len() as u64, Ordering::Relaxed);
        Ok(())
    }
}

/// The resident memory of this process in KiB (proc(5), `VmRSS`).
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap()
}

#[test]
fn memory_is_flat_over_a_day_of_spans_in_short() {
    in_a_process_of_its_own(|| {
        let exporter = Counting::default();
        let _tracing = Tracing::builder("endurance")
            .settings([
                ("TRACING_ENABLED", "1"),
                ("OTEL_SAMPLING_RATE", "1"),
                ("OTEL_TRACES_EXPORTER", "none"),
            ])
            .with_exporter(exporter.clone())
            .init();
        let requests = spans_wanted(400_000) / 100;
        let mut readings = Vec::new();
        for n in 0..requests {
            request(n);
            // A thread of its own now and then: what short threads leave behind would add up.
            if n % 50 == 0 {
                std::thread::spawn(move || request(n)).join().unwrap();
                breathe();
            }
            if n % (requests / 20).max(1) == 0 {
                readings.push(resident());
            }
        }
        assert!(flush(SOON));
        let spans = status().spans;
        assert!(spans.adds_up(), "{spans:?}");
        assert_eq!((spans.exported, spans.dropped.total()), (spans.started, 0));
        assert_eq!(spans.exported, exporter.0.load(Ordering::Relaxed));
        println!("{} spans; KiB resident: {readings:?}", spans.started);
        let (early, late) = (readings[5], readings[readings.len() - 1]);
        assert!(late < early + 16 * 1_024, "{readings:?}");
    });
}

#[test]
fn a_healthy_collector_gets_every_span() {
    in_a_process_of_its_own(|| {
        let receiver = Receiver::counting();
        let _tracing = Tracing::builder("endurance")
            .settings([
                ("TRACING_ENABLED", "1"),
                ("OTEL_SAMPLING_RATE", "1"),
                ("OTEL_EXPORTER_OTLP_ENDPOINT", &receiver.endpoint()),
            ])
            .init();
        let requests = spans_wanted(100_000) / 100;
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    for n in 0..requests / 2 {
                        request(n);
                        if n % 20 == 0 {
                            breathe();
                        }
                    }
                });
            }
        });
        assert!(flush(6 * SOON), "{:?}", status());
        let spans = status().spans;
        assert_eq!(spans.started, requests / 2 * 2 * 100);
        assert_eq!((spans.exported, spans.dropped.total()), (spans.started, 0));
        assert_eq!(receiver.count(), spans.started);
        println!("{} spans sent, received and accounted for", spans.started);
    });
}
