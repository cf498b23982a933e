//! The program's own tracing, which is one per process: each scenario runs in a process of its own.

mod abuse;
mod again;
mod answers;
mod connections;
mod differential;
mod encoders;
mod endurance;
mod exporters;
mod faults;
#[path = "../fixture/mod.rs"]
mod fixture;
mod hostile;
mod leaks;
mod limits;
mod logs;
mod odd;
mod origin;
mod page;
mod partial;
mod process;
mod proxies;
mod reviewed;
mod routes;
mod runtimes;
mod sampling;
mod scenario;
mod settings;
mod shape;
mod stops;
mod switched_on;
mod tls;
mod transport;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use observed_runtime::testing::{FakeExporter, Manner};
use observed_runtime::{
    State, Tracing, flush, is_tracing_enabled, observed, observed_span, set_scope_enabled,
    set_tracing_enabled, status,
};
use odd::Odd;
use scenario::in_a_process_of_its_own;

const SOON: Duration = Duration::from_secs(10);

#[observed(name = "work")]
fn work() {}

#[observed(name = "root", root)]
fn root() {}

#[observed(name = "piped", scope = "pipeline")]
fn piped() {
    work();
}

fn on() -> observed_runtime::Builder {
    Tracing::builder("scenario").settings([
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_TRACES_EXPORTER", "none"),
    ])
}

#[test]
fn off_by_default_on_by_the_setting_and_switched_while_it_runs() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let settings = [
            ("OTEL_TRACES_SAMPLER", "always_on"),
            ("OTEL_TRACES_EXPORTER", "none"),
        ];
        let _tracing = Tracing::builder("x")
            .settings(settings)
            .with_exporter(exporter.clone())
            .init();
        assert_eq!(
            (status().state, is_tracing_enabled()),
            (State::Disabled, false)
        );
        work();
        assert!(set_tracing_enabled(true) && is_tracing_enabled());
        work();
        assert!(!set_tracing_enabled(false));
        work();
        assert!(flush(SOON));
        assert_eq!((exporter.count(), status().spans.started), (1, 1));
    });
}

#[test]
fn malformed_settings_keep_tracing_off_whatever_the_program_says() {
    in_a_process_of_its_own(|| {
        let _tracing = on().set("OTEL_SAMPLING_RATE", "7").init();
        assert!(!set_tracing_enabled(true));
        let State::Failed { reason } = status().state else {
            panic!("{:?}", status());
        };
        assert_eq!(
            reason,
            "OTEL_SAMPLING_RATE is malformed: it takes a number from 0 to 1"
        );
    });
}

#[test]
fn nothing_switches_on_what_the_sdks_own_switch_disables() {
    in_a_process_of_its_own(|| {
        let _tracing = on().set("OTEL_SDK_DISABLED", "true").init();
        assert!(!set_tracing_enabled(true) && !is_tracing_enabled());
    });
}

#[test]
fn scopes_are_off_until_their_setting_or_the_program_switches_them_on() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let _tracing = on().with_exporter(exporter.clone()).init();
        piped();
        assert!(flush(SOON));
        assert_eq!(
            exporter.names(),
            ["work"],
            "what is inside a scope that is off is still recorded"
        );
        assert!(set_scope_enabled("pipeline", true));
        piped();
        assert!(flush(SOON));
        assert_eq!(exporter.names(), ["work", "work", "piped"]);
    });
}

#[test]
fn the_last_handle_flushes_on_the_thread_that_drops_it() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let _ = (status(), is_tracing_enabled());
                }
            });
            for round in 1..=50 {
                let tracing = on().with_exporter(exporter.clone()).init();
                work();
                drop(tracing);
                assert_eq!(
                    exporter.count(),
                    round,
                    "the drop came back before the flush"
                );
            }
            stop.store(true, Ordering::Relaxed);
        });
    });
}

#[test]
fn all_handles_share_one_pipeline_and_only_the_last_ends_it() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let handles: Vec<Tracing> = std::thread::scope(|scope| {
            let inits: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| on().with_exporter(exporter.clone()).init()))
                .collect();
            inits.into_iter().map(|init| init.join().unwrap()).collect()
        });
        for handle in handles {
            work();
            assert!(flush(SOON));
            drop(handle);
        }
        assert_eq!(exporter.count(), 8);
        assert_eq!(status().state, State::NotInitialised);
    });
}

#[test]
fn a_shutdown_says_what_it_lost_and_a_second_one_nothing() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let tracing = on().with_exporter(exporter.clone()).init();
        work();
        let open = observed_span!(name = "still_open");
        assert_eq!(
            tracing.shutdown(Duration::MAX),
            1,
            "the span that is still open"
        );
        assert_eq!(tracing.shutdown(SOON), 0);
        assert_eq!((exporter.count(), status().state), (1, State::Ended));
        drop(open);
        drop(tracing);
        let _again = on().with_exporter(exporter.clone()).init();
        work();
        assert!(flush(Duration::MAX));
        assert_eq!(exporter.count(), 2);
    });
}

#[test]
fn an_exporter_that_never_returns_does_not_keep_the_program() {
    in_a_process_of_its_own(|| {
        let tracing = on()
            .with_exporter(FakeExporter::with_manner(Manner::Hangs))
            .init();
        work();
        let asked = Instant::now();
        assert!(!flush(Duration::from_millis(50)));
        assert_eq!(tracing.shutdown(Duration::from_millis(50)), 1);
        drop(tracing);
        assert!(asked.elapsed() < SOON, "{:?}", asked.elapsed());
    });
}

/// A logger that asks for the status, and panics when it was told to.
struct Hostile(bool);

impl log::Log for Hostile {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, _: &log::Record<'_>) {
        let _ = (status(), is_tracing_enabled());
        assert!(!self.0, "planted");
    }

    fn flush(&self) {}
}

#[test]
fn a_logger_may_ask_for_the_status() {
    in_a_process_of_its_own(|| {
        log::set_logger(&Hostile(false)).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
        let _first = on()
            .with_exporter(FakeExporter::with_manner(Manner::Fails))
            .init();
        let _second = on().set("OTEL_SAMPLING_RATE", "0.5").init();
        work();
        assert!(flush(SOON));
    });
}

#[test]
fn a_logger_that_panics_reaches_neither_the_program_nor_the_worker() {
    in_a_process_of_its_own(|| {
        log::set_logger(&Hostile(true)).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
        let _tracing = on()
            .with_exporter(FakeExporter::with_manner(Manner::Fails))
            .init();
        for _ in 0..3 {
            work();
            assert!(flush(SOON));
        }
        let status = status();
        assert_eq!(
            (status.state, status.spans.dropped.export_failed),
            (State::Enabled, 3)
        );
        assert_eq!(status.last_export_error, Some("export failed"));
    });
}

#[test]
fn an_exporter_may_ask_for_the_status_while_it_is_built() {
    in_a_process_of_its_own(|| {
        let exporter = Odd::curious();
        let _tracing = on().with_exporter(exporter.clone()).init();
        work();
        assert!(flush(SOON));
        assert_eq!((status().state, exporter.count()), (State::Enabled, 1));
    });
}

#[test]
fn what_an_exporter_calls_is_not_recorded() {
    in_a_process_of_its_own(|| {
        let exporter = Odd::traced();
        let _tracing = on().with_exporter(exporter.clone()).init();
        work();
        for _ in 0..3 {
            assert!(flush(SOON));
        }
        assert_eq!(
            (exporter.count(), status().spans.started),
            (1, 1),
            "telemetry about telemetry"
        );
    });
}

#[test]
fn off_said_during_the_start_counts() {
    in_a_process_of_its_own(|| {
        let starting = std::thread::spawn(|| on().with_exporter(Odd::slow()).init());
        std::thread::sleep(Duration::from_millis(100));
        assert!(!set_tracing_enabled(false));
        let _tracing = starting.join().unwrap();
        assert!(
            !is_tracing_enabled(),
            "switched off while it started, and on afterwards"
        );
        assert!(set_tracing_enabled(true));
    });
}

#[test]
fn a_handle_dropped_during_the_start_ends_tracing_all_the_same() {
    in_a_process_of_its_own(|| {
        let exporter = Odd::slow();
        let tracing = on()
            .set("TRACING_ENABLED", "0")
            .with_exporter(exporter.clone())
            .init();
        let starting = std::thread::spawn(|| set_tracing_enabled(true));
        std::thread::sleep(Duration::from_millis(100));
        drop(tracing);
        assert!(!starting.join().unwrap());
        work();
        std::thread::sleep(Duration::from_millis(100));
        assert_eq!(
            (exporter.count(), status().state),
            (0, State::NotInitialised)
        );
    });
}

#[test]
fn a_shutdown_of_what_never_started_is_final() {
    in_a_process_of_its_own(|| {
        let tracing = on().set("TRACING_ENABLED", "0").init();
        assert_eq!(tracing.shutdown(SOON), 0);
        assert!(!set_tracing_enabled(true));
        assert_eq!(status().state, State::Ended);
    });
}
