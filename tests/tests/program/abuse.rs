//! What a program may do to its tracing: every span stays accounted for, and the answers are the same.

use std::fmt;
use std::time::{Duration, Instant};

use observed_runtime::testing::{FakeExporter, Manner};
use observed_runtime::{
    Tracing, context, flush, observed, observed_span, set_tracing_enabled, status,
};
use proptest::prelude::*;

use crate::endurance::spans_wanted;
use crate::logs;
use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, on, work};

fn settled(tracing: &Tracing) -> observed_runtime::Accounting {
    assert!(flush(SOON), "{tracing:?}: {:?}", status());
    let spans = status().spans;
    assert!(spans.adds_up(), "{spans:?}");
    spans
}

#[test]
fn ten_thousand_threads_that_each_make_one_span_lose_none() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let tracing = on().with_exporter(exporter.clone()).init();
        for _ in 0..100 {
            std::thread::scope(|scope| {
                for _ in 0..100 {
                    scope.spawn(work);
                }
            });
        }
        let spans = settled(&tracing);
        assert_eq!((spans.started, spans.exported), (10_000, 10_000));
        assert_eq!(exporter.count(), 10_000);
    });
}

#[test]
fn one_root_with_twenty_thousand_children_loses_none() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let tracing = on().with_exporter(exporter.clone()).init();
        {
            let _root = observed_span!(name = "root");
            (0..20_000).for_each(|_| work());
        }
        assert_eq!(settled(&tracing).exported, 20_001);
        assert_eq!(exporter.count(), 20_001);
    });
}

#[test]
fn a_leaked_guard_is_a_span_that_stays_open() {
    in_a_process_of_its_own(|| {
        let tracing = on().with_exporter(FakeExporter::default()).init();
        std::mem::forget(observed_span!(name = "leaked"));
        work();
        let spans = settled(&tracing);
        assert_eq!((spans.open, spans.exported), (1, 1));
        assert_eq!(
            tracing.shutdown(SOON),
            1,
            "what stayed open is lost, and said so"
        );
    });
}

#[test]
fn guards_may_end_in_any_order() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let tracing = on().with_exporter(exporter.clone()).init();
        let guards = [
            observed_span!(name = "first"),
            observed_span!(name = "second"),
            observed_span!(name = "third"),
        ];
        let [first, second, third] = guards;
        drop(first);
        work();
        drop(third);
        drop(second);
        work();
        assert_eq!(settled(&tracing).exported, 5);
        assert_eq!(
            exporter.names(),
            ["first", "work", "third", "second", "work"]
        );
    });
}

/// A value whose `Display` is traced, and one whose `Display` panics.
struct Reentrant(bool);

impl fmt::Display for Reentrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        work();
        assert!(self.0, "planted");
        f.write_str("shown")
    }
}

#[observed(name = "show", attrs(value = public_display(value)))]
fn show(value: &Reentrant) -> bool {
    value.0
}

#[test]
fn a_display_that_is_traced_itself_or_panics_does_no_harm() {
    in_a_process_of_its_own(|| {
        let tracing = on().with_exporter(FakeExporter::default()).init();
        assert!(show(&Reentrant(true)));
        assert!(!show(&Reentrant(false)));
        let spans = settled(&tracing);
        assert_eq!((spans.exported, spans.attributes_lost), (4, 1));
    });
}

#[test]
fn a_full_queue_under_load_costs_spans_and_nothing_else() {
    in_a_process_of_its_own(|| {
        logs::collect();
        let exporter = FakeExporter::with_manner(Manner::Slow(Duration::from_millis(20)));
        let tracing = on()
            .set("OTEL_BSP_MAX_QUEUE_SIZE", "500")
            .set("OTEL_BSP_SCHEDULE_DELAY", "10")
            .with_exporter(exporter.clone())
            .init();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..spans_wanted(80_000) / 4).for_each(|_| work()));
            }
        });
        let spans = settled(&tracing);
        assert_eq!(spans.started, spans_wanted(80_000));
        assert!(spans.dropped.queue_full > 0, "{spans:?}");
        assert_eq!(spans.exported, exporter.count() as u64);
        let deadline = Instant::now() + SOON;
        while logs::count("takes all spans again") == 0 && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        // One line for each change, and on a slow machine the queue may have had room in between.
        let (begun, ended) = (logs::count("is full"), logs::count("takes all spans again"));
        assert!(begun == ended && begun > 0, "{:?}", logs::all());
    });
}

#[test]
fn switching_off_and_on_under_load_keeps_the_account() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let tracing = on().with_exporter(exporter.clone()).init();
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    for _ in 0..5_000 {
                        let _outer = observed_span!(name = "outer");
                        work();
                    }
                });
            }
            scope.spawn(|| {
                for round in 0..200 {
                    set_tracing_enabled(round % 2 == 0);
                    flush(Duration::from_millis(1));
                }
            });
        });
        set_tracing_enabled(true);
        work();
        let spans = settled(&tracing);
        assert!(spans.open == 0 && spans.exported > 0, "{spans:?}");
        assert_eq!(spans.exported, exporter.count() as u64);
    });
}

/// One step of a thread.
#[derive(Clone, Copy, Debug)]
enum Step {
    Enter,
    Exit,
    Leaf,
    HandOver,
    Panic,
    Off,
    On,
    Flush,
}

fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    let step = prop_oneof![
        4 => Just(Step::Enter),
        4 => Just(Step::Exit),
        6 => Just(Step::Leaf),
        1 => Just(Step::HandOver),
        1 => Just(Step::Panic),
        1 => Just(Step::Off),
        1 => Just(Step::On),
        1 => Just(Step::Flush),
    ];
    prop::collection::vec(prop::collection::vec(step, 0..40), 1..4)
}

fn take(steps: &[Step]) {
    let mut open = Vec::new();
    for step in steps {
        match step {
            Step::Enter => open.push(observed_span!(name = "entered")),
            Step::Exit => drop(open.pop()),
            Step::Leaf => work(),
            Step::HandOver => std::thread::spawn(context::wrap(work)).join().unwrap(),
            Step::Panic => {
                let panics = || {
                    let _span = observed_span!(name = "panics");
                    std::panic::resume_unwind(Box::new(()));
                };
                let caught: Result<(), _> = std::panic::catch_unwind(panics);
                assert!(caught.is_err());
            }
            Step::Off => drop(set_tracing_enabled(false)),
            Step::On => drop(set_tracing_enabled(true)),
            Step::Flush => drop(flush(Duration::from_millis(1))),
        }
        let seen = status().spans;
        assert!(
            seen.started >= seen.exported + seen.dropped.total(),
            "{seen:?}"
        );
    }
    // The last one first, as a program would.
    while open.pop().is_some() {}
}

#[test]
fn whatever_threads_do_at_the_same_time_every_span_is_accounted_for() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let tracing = on().with_exporter(exporter.clone()).init();
        let config = ProptestConfig {
            cases: 200,
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        proptest!(config, |(threads in steps())| {
            std::thread::scope(|scope| {
                for steps in &threads {
                    scope.spawn(|| take(steps));
                }
            });
            let spans = settled(&tracing);
            prop_assert_eq!(spans.open, 0);
            prop_assert_eq!(spans.pending, 0);
            prop_assert_eq!(spans.exported, exporter.count() as u64);
        });
        assert!(status().spans.exported > 1_000 && status().spans.dropped.disabled > 0);
    });
}

#[observed(name = "step")]
fn step() {}

#[observed(name = "request", parent = parent)]
fn request(parent: &context::Context) {
    (0..7).for_each(|_| step());
}

#[test]
fn callers_with_a_tracestate_of_15_kilobytes_cost_the_others_no_span() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let tracing = on().with_exporter(exporter.clone()).init();
        let mut hostile = http::HeaderMap::new();
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        hostile.insert("traceparent", parent.parse().unwrap());
        let members: Vec<String> = (0..60)
            .map(|n| format!("k{n:02}={}", "v".repeat(246)))
            .collect();
        hostile.insert("tracestate", members.join(",").parse().unwrap());
        for n in 0..500 {
            if n % 5 < 3 {
                request(&context::propagation::extract(&hostile));
            } else {
                request(&context::Context::default());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        let spans = settled(&tracing);
        assert_eq!((spans.started, spans.exported), (4_000, 4_000), "{spans:?}");
        assert_eq!(spans.tracestate_members_dropped, 300 * 58);
    });
}
