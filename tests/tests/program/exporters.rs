//! Exporters that were never built, that share a pipeline, that outlive their deadline, and that call the runtime.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver as Ear, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use observed_runtime::testing::{FakeExporter, Manner};
use observed_runtime::{
    State, Tracing, flush, init_tracing, is_tracing_enabled, observed_span, status,
};
use observed_tests::receiver::Receiver;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

use crate::odd::Odd;
use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, on, work};

/// Asks for the status when it is dropped, and says that it was.
#[derive(Debug)]
struct AsksInDrop(Arc<AtomicBool>);

impl SpanExporter for AsksInDrop {
    async fn export(&self, _: Vec<SpanData>) -> OTelSdkResult {
        Ok(())
    }
}

impl Drop for AsksInDrop {
    fn drop(&mut self) {
        drop(status());
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn an_exporter_that_was_never_built_is_dropped_without_a_panic_and_under_no_lock() {
    in_a_process_of_its_own(|| {
        let off = || Tracing::builder("off").settings([("TRACING_ENABLED", "0")]);
        let tracing = off().with_exporter(Odd::panics_in_drop()).init();
        drop(off().with_exporter(Odd::panics_in_drop()).init());
        assert_eq!(tracing.shutdown(SOON), 0);
        drop(tracing);
        let malformed = off().set("TRACING_ENABLED", "maybe");
        drop(malformed.with_exporter(Odd::panics_in_drop()).init());
        let dropped = Arc::new(AtomicBool::new(false));
        let asks = AsksInDrop(Arc::clone(&dropped));
        off().with_exporter(asks).init().shutdown(SOON);
        assert!(dropped.load(Ordering::SeqCst));
    });
}

#[test]
fn an_exporter_that_takes_its_time_to_be_built_is_waited_for() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let built = exporter.clone();
        let _tracing = on()
            .with_exporter_from(move || {
                std::thread::sleep(Duration::from_millis(1_500));
                Ok::<_, std::io::Error>(built)
            })
            .init();
        work();
        assert!(flush(SOON));
        assert_eq!((status().state, exporter.count()), (State::Enabled, 1));
    });
}

#[test]
fn a_start_that_never_ends_leaves_tracing_off_and_says_what_was_being_built() {
    in_a_process_of_its_own(|| {
        let _tracing = on()
            .with_exporter_from(|| {
                std::thread::sleep(10 * SOON);
                Ok::<_, std::io::Error>(FakeExporter::default())
            })
            .init();
        work();
        let State::Failed { reason } = status().state else {
            panic!("{:?}", status());
        };
        let expected = "an exporter of the program could not be built within 5 seconds";
        assert_eq!(reason, expected);
    });
}

#[test]
fn an_exporter_that_panics_takes_nothing_from_the_one_beside_it() {
    in_a_process_of_its_own(|| {
        for panics_first in [true, false] {
            let (panics, beside) = (
                FakeExporter::with_manner(Manner::Panics),
                FakeExporter::default(),
            );
            let both = if panics_first {
                on().with_exporter(panics).with_exporter(beside.clone())
            } else {
                on().with_exporter(beside.clone()).with_exporter(panics)
            };
            let _tracing = both.init();
            work();
            assert!(flush(SOON));
            assert_eq!(beside.count(), 1);
            let spans = status().spans;
            assert_eq!((spans.exported, spans.dropped.export_failed), (0, 1));
        }
    });
}

#[test]
fn the_account_of_a_worker_that_misses_its_deadline_goes_on_until_it_ends() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::with_manner(Manner::Slow(Duration::from_millis(300)));
        let tracing = on().with_exporter(exporter.clone()).init();
        (0..3).for_each(|_| work());
        tracing.shutdown(Duration::from_millis(20));
        let deadline = Instant::now() + SOON;
        while status().spans.exported < 3 && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(10));
        }
        let spans = status().spans;
        assert!(spans.adds_up(), "{spans:?}");
        assert_eq!((spans.exported, spans.pending, exporter.count()), (3, 0, 3));
    });
}

#[test]
fn after_a_shutdown_during_load_the_account_adds_up() {
    in_a_process_of_its_own(|| {
        for _ in 0..30 {
            let tracing = on().with_exporter(FakeExporter::default()).init();
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| (0..3_000).for_each(|_| work()));
                }
                tracing.shutdown(Duration::ZERO);
            });
            // What moves between the queue and the worker is counted in neither for a moment.
            let deadline = Instant::now() + SOON;
            let mut spans = status().spans;
            while !(spans.adds_up() && spans.pending == 0) && Instant::now() < deadline {
                std::thread::sleep(Duration::from_millis(1));
                spans = status().spans;
            }
            assert!(spans.adds_up() && spans.pending == 0, "{spans:?}");
        }
    });
}

/// Flushes and shuts down from inside of its own export; notes how long that took.
#[derive(Clone, Debug)]
struct Impatient(Arc<Mutex<Vec<Duration>>>, Arc<Mutex<Option<Tracing>>>);

impl SpanExporter for Impatient {
    async fn export(&self, _: Vec<SpanData>) -> OTelSdkResult {
        let begin = Instant::now();
        assert!(!flush(Duration::MAX), "it would have waited for itself");
        if let Some(tracing) = &*self.1.lock().unwrap() {
            tracing.shutdown(Duration::MAX);
        }
        self.0.lock().unwrap().push(begin.elapsed());
        Ok(())
    }
}

#[test]
fn an_exporter_that_flushes_or_shuts_down_does_not_wait_for_itself() {
    in_a_process_of_its_own(|| {
        let took = Arc::new(Mutex::new(Vec::new()));
        let handle = Arc::new(Mutex::new(None));
        let impatient = Impatient(Arc::clone(&took), Arc::clone(&handle));
        *handle.lock().unwrap() = Some(on().with_exporter(impatient).init());
        let _again = init_tracing("the same");
        work();
        flush(SOON);
        let deadline = Instant::now() + SOON;
        while took.lock().unwrap().is_empty() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(1));
        }
        let took = took.lock().unwrap().clone();
        assert!(!took.is_empty() && took[0] < SOON, "{took:?}");
        *handle.lock().unwrap() = None;
    });
}

#[test]
fn a_shutdown_from_inside_of_an_export_leaves_its_time_to_the_exporter_beside_it() {
    in_a_process_of_its_own(|| {
        let receiver = Receiver::grpc();
        let handle = Arc::new(Mutex::new(None));
        let impatient = Impatient(Arc::default(), Arc::clone(&handle));
        let tracing = on()
            .set("OTEL_TRACES_EXPORTER", "otlp")
            .set("OTEL_EXPORTER_OTLP_ENDPOINT", &receiver.endpoint())
            .set("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "1")
            .set("OTEL_BSP_SCHEDULE_DELAY", "60000")
            .with_exporter(impatient)
            .init();
        *handle.lock().unwrap() = Some(tracing);
        work();
        work();
        // The first batch brings the shutdown, which waits for nothing there.
        flush(SOON);
        let deadline = Instant::now() + SOON;
        while status().spans.pending > 0 && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(receiver.count(), 2, "{:?}", status());
        drop(handle.lock().unwrap().take());
    });
}

/// Waits in its export until it is let go.
#[derive(Debug)]
struct Waits(SyncSender<()>, Mutex<Ear<()>>);

impl SpanExporter for Waits {
    async fn export(&self, _: Vec<SpanData>) -> OTelSdkResult {
        let _ = self.0.send(());
        let _ = self.1.lock().unwrap().recv();
        Ok(())
    }
}

#[test]
fn a_shutdown_ends_recording_before_it_waits_for_the_worker() {
    in_a_process_of_its_own(|| {
        let (begins, has_begun) = sync_channel(1);
        let (lets_go, is_let_go) = sync_channel::<()>(1);
        let tracing = on()
            .with_exporter(Waits(begins, Mutex::new(is_let_go)))
            .init();
        work();
        // What starts under it knows where to record, also when the program has no pipeline any more.
        let open = observed_span!(name = "open");
        std::thread::scope(|scope| {
            scope.spawn(|| tracing.shutdown(SOON));
            has_begun.recv().unwrap();
            let deadline = Instant::now() + SOON / 2;
            while is_tracing_enabled() && Instant::now() < deadline {
                std::thread::yield_now();
            }
            let before = status().spans.started;
            work();
            let recorded = status().spans.started - before;
            drop(lets_go);
            assert_eq!(recorded, 0, "while the worker was waited for");
        });
        drop(open);
        let spans = status().spans;
        assert_eq!((spans.pending, spans.dropped.shutdown), (0, 1));
        assert!(spans.adds_up());
    });
}
