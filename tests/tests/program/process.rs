//! What may happen to the process: a fork, an abort, exporters that end badly, threads that end late.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use fork::{Fork, WEXITSTATUS, WIFEXITED, fork, waitpid};
use observed_runtime::testing::FakeExporter;
use observed_runtime::{
    SpanGuard, State, flush, init_tracing, is_tracing_enabled, observed, observed_span, status,
};

use crate::odd::Odd;
use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, fixture, on, work};

/// Works as a child does, and says by its exit code what it found wrong.
fn work_as_a_child(tracing: observed_runtime::Tracing) -> u8 {
    let begin = Instant::now();
    (0..5_000).for_each(|_| work());
    std::thread::scope(|scope| {
        scope.spawn(work);
    });
    let faults = [
        is_tracing_enabled(),
        !flush(SOON),
        status().state != State::NotInitialised,
        tracing.shutdown(SOON) != 0,
        {
            drop(tracing);
            drop(init_tracing("child"));
            begin.elapsed() > SOON
        },
    ];
    faults
        .iter()
        .position(|fault| *fault)
        .map_or(0, |fault| fault as u8 + 1)
}

#[test]
fn a_child_of_a_fork_works_on_and_records_nothing() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let tracing = on().with_exporter(exporter.clone()).init();
        let _open = observed_span!(name = "open_at_the_fork");
        work();
        match fork().unwrap() {
            Fork::Child => std::process::exit(i32::from(work_as_a_child(tracing))),
            Fork::Parent(child) => {
                let ended = waitpid(child).unwrap();
                assert!(WIFEXITED(ended), "{ended}");
                assert_eq!(WEXITSTATUS(ended), 0, "the number of the child's fault");
                work();
                assert!(flush(SOON));
                assert_eq!(exporter.count(), 2);
            }
        }
    });
}

#[test]
fn a_panic_that_aborts_ends_the_program_as_without_tracing() {
    use std::os::unix::process::ExitStatusExt;
    const SIGABRT: i32 = 6;
    let binary = fixture::built_to_abort("recording_only");
    let run = |setting: &str| {
        let mut command = std::process::Command::new(&binary);
        let output = command
            .arg("panic")
            .env("TRACING_ENABLED", setting)
            .output();
        let output = output.unwrap();
        let printed = String::from_utf8(output.stderr).unwrap();
        // The thread's number differs from run to run.
        let told: Vec<String> = printed
            .lines()
            .filter(|line| !line.starts_with("thread 'main'"))
            .map(str::to_owned)
            .collect();
        (output.status.signal(), told)
    };
    let (off, on) = (run("0"), run("1"));
    assert_eq!(off, on);
    assert_eq!(on.0, Some(SIGABRT));
    assert!(on.1.concat().contains("planted"), "{on:?}");
}

#[test]
fn an_exporter_that_panics_once_loses_one_batch() {
    in_a_process_of_its_own(|| {
        let exporter = Odd::panics_once();
        let _tracing = on().with_exporter(exporter.clone()).init();
        for _ in 0..3 {
            work();
            assert!(flush(SOON));
        }
        let spans = status().spans;
        assert!(spans.adds_up(), "{spans:?}");
        assert_eq!((spans.exported, spans.dropped.export_failed), (2, 1));
        assert_eq!(exporter.count(), 2);
        assert_eq!(status().last_export_error, Some("exporter panicked"));
    });
}

#[test]
fn an_exporter_that_panics_in_its_drop_ends_with_the_worker_and_nothing_else() {
    in_a_process_of_its_own(|| {
        let tracing = on().with_exporter(Odd::panics_in_drop()).init();
        work();
        assert_eq!(tracing.shutdown(SOON), 0);
        assert_eq!(status().spans.exported, 1);
        drop(tracing);
        let again = FakeExporter::default();
        let _tracing = on().with_exporter(again.clone()).init();
        work();
        assert!(flush(SOON));
        assert_eq!(again.count(), 1);
    });
}

#[observed(name = "at_the_end")]
fn at_the_end() {}

struct WorksWhenItsThreadEnds(#[expect(dead_code, reason = "dropped late")] Option<SpanGuard>);

impl Drop for WorksWhenItsThreadEnds {
    fn drop(&mut self) {
        at_the_end();
    }
}

thread_local! {
    static LATE: RefCell<Option<WorksWhenItsThreadEnds>> = const { RefCell::new(None) };
}

#[test]
fn destructors_of_a_threads_variables_may_be_traced_and_keep_spans_open() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let tracing = on().with_exporter(exporter.clone()).init();
        for first in [true, false] {
            let thread = std::thread::spawn(move || {
                // Variables are destroyed in an order that depends on which was touched first.
                if first {
                    work();
                }
                let span = observed_span!(name = "kept_for_ever");
                LATE.set(Some(WorksWhenItsThreadEnds(Some(span))));
                work();
            });
            thread.join().unwrap();
        }
        assert!(flush(SOON));
        let spans = status().spans;
        assert!(spans.adds_up(), "{spans:?}");
        assert_eq!(spans.open, 0, "{spans:?}");
        assert!(exporter.count() >= 3, "{:?}", exporter.names());
        drop(tracing);
    });
}

#[test]
fn the_oldest_open_span_is_known_on_a_stack_and_in_a_future() {
    in_a_process_of_its_own(|| {
        #[observed(name = "waits")]
        async fn waits() {
            std::future::pending::<()>().await;
        }
        let _tracing = on().with_exporter(FakeExporter::default()).init();
        assert_eq!(status().oldest_open, None);
        let open = observed_span!(name = "open");
        std::thread::sleep(Duration::from_millis(5));
        work();
        let age = status().oldest_open.expect("a span is open");
        assert!(age >= Duration::from_millis(5), "{age:?}");
        drop(open);
        assert_eq!(status().oldest_open, None);
        let mut future = Box::pin(waits());
        let mut task = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(future.as_mut().poll(&mut task).is_pending());
        assert!(status().oldest_open.is_some());
        drop(future);
        assert_eq!(status().oldest_open, None);
        assert_eq!((status().spans.open, status().spans.started), (0, 3));
    });
}

/// Ids as the process would make them next: of traces and of spans, made for the asking and of spans that are started.
fn next_ids() -> Vec<String> {
    let started = || {
        let _span = observed_span!(name = "of_a_process");
        observed_runtime::context::current()
    };
    (0..200)
        .flat_map(|_| {
            let context = started();
            let asked = observed_runtime::context::SpanId::random();
            let trace = context.trace_id().to_string();
            // Both halves of a trace's id are for themselves.
            let halves = [trace[..16].to_owned(), trace[16..].to_owned()];
            halves
                .into_iter()
                .chain([context.span_id().to_string(), asked.to_string()])
        })
        .collect()
}

#[test]
fn a_child_of_a_fork_makes_other_ids_than_its_parent_goes_on_with() {
    in_a_process_of_its_own(|| {
        let _tracing = on().with_exporter(FakeExporter::default()).init();
        let before = next_ids();
        let file = std::env::temp_dir().join(format!("observed-ids-{}", std::process::id()));
        match fork().unwrap() {
            Fork::Child => {
                let written = std::fs::write(&file, next_ids().join("\n"));
                std::process::exit(i32::from(written.is_err()));
            }
            Fork::Parent(child) => {
                let ours = next_ids();
                let ended = waitpid(child).unwrap();
                assert!(WIFEXITED(ended) && WEXITSTATUS(ended) == 0, "{ended}");
                let theirs = std::fs::read_to_string(&file).unwrap();
                std::fs::remove_file(&file).unwrap();
                let theirs = theirs.lines().map(str::to_owned);
                let all: Vec<String> = before.into_iter().chain(ours).chain(theirs).collect();
                let mut different: Vec<&String> =
                    all.iter().filter(|id| **id != "0".repeat(16)).collect();
                assert!(different.len() > 1_600, "{}", different.len());
                let count = different.len();
                different.sort_unstable();
                different.dedup();
                assert_eq!(different.len(), count);
            }
        }
    });
}
