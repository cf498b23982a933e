//! Whatever several threads do at the same time, parents are right, and what was called lies inside its caller.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use observed_runtime::{InContextExt, context, flush, observed_span, set_tracing_enabled, status};
use observed_runtime::{ObservedExt, SpanGuard};
use opentelemetry::{SpanId, Value};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};
use proptest::prelude::*;

use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, on};

/// A span as it left.
#[derive(Clone, Copy, Debug)]
struct Left {
    id: i64,
    span: SpanId,
    parent: SpanId,
    start: SystemTime,
    end: SystemTime,
}

#[derive(Clone, Debug, Default)]
struct Keeping(Arc<Mutex<Vec<Left>>>);

impl SpanExporter for Keeping {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let left = batch.into_iter().map(|span| {
            let Value::I64(id) = span.attributes[0].value else {
                panic!("{span:?}");
            };
            Left {
                id,
                span: span.span_context.span_id(),
                parent: span.parent_span_id,
                start: span.start_time,
                end: span.end_time,
            }
        });
        self.0.lock().unwrap().extend(left);
        Ok(())
    }
}

/// What a span does while it is open.
#[derive(Clone, Debug)]
enum Work {
    /// Calls these, one after the other.
    Calls(Vec<Work>),
    /// Awaits these on a runtime, one after the other.
    Awaits(Vec<Work>),
    /// Hands these to a thread each, and waits for them.
    HandsOut(Vec<Work>),
    /// Panics after this, and its caller goes on.
    Panics(Box<Work>),
    Flushes,
    Switches(bool),
}

fn work() -> impl Strategy<Value = Work> {
    let leaf = prop_oneof![
        10 => Just(Work::Calls(Vec::new())),
        1 => Just(Work::Flushes),
        1 => any::<bool>().prop_map(Work::Switches),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let some = prop::collection::vec(inner.clone(), 1..5);
        prop_oneof![
            4 => some.clone().prop_map(Work::Calls),
            3 => some.clone().prop_map(Work::Awaits),
            2 => some.prop_map(Work::HandsOut),
            1 => inner.prop_map(|work| Work::Panics(Box::new(work))),
        ]
    })
}

/// Who called whom, by the numbers of the spans; 0 called the roots.
#[derive(Debug, Default)]
struct Calls {
    next: AtomicU64,
    callers: Mutex<BTreeMap<u64, u64>>,
}

impl Calls {
    fn new_span(&self, caller: u64) -> u64 {
        let id = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        self.callers.lock().unwrap().insert(id, caller);
        id
    }

    fn span(&self, caller: u64) -> (u64, SpanGuard) {
        let id = self.new_span(caller);
        (id, observed_span!(name = "span", attrs(id)))
    }

    fn run(&self, work: &Work, caller: u64) {
        match work {
            Work::Calls(calls) => {
                let (id, _span) = self.span(caller);
                for work in calls {
                    self.run(work, id);
                }
            }
            Work::Awaits(_) => drive(self.wait(work, caller)),
            Work::HandsOut(jobs) => {
                let (id, _span) = self.span(caller);
                std::thread::scope(|scope| {
                    let jobs = jobs
                        .iter()
                        .map(|job| scope.spawn(context::wrap(move || self.run(job, id))));
                    ended(jobs.collect());
                });
            }
            Work::Panics(work) => {
                let panics = || {
                    let (id, _span) = self.span(caller);
                    self.run(work, id);
                    std::panic::resume_unwind(Box::new(()));
                };
                let caught: Result<(), _> =
                    std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics));
                assert!(caught.is_err());
            }
            Work::Flushes => drop(flush(Duration::from_millis(1))),
            Work::Switches(on) => drop(set_tracing_enabled(*on)),
        }
    }

    /// Runs in the polls of a future, and stops half way to let others run.
    fn wait<'a>(
        &'a self,
        work: &'a Work,
        caller: u64,
    ) -> std::pin::Pin<Box<dyn Future<Output = ()> + 'a>> {
        let Work::Awaits(waits) = work else {
            return Box::pin(async move { self.run(work, caller) });
        };
        let (id, span) = self.span(caller);
        let body = async move {
            for work in waits {
                tokio::task::yield_now().await;
                if matches!(work, Work::Awaits(_)) {
                    self.wait(work, id).in_current_context().await;
                } else {
                    self.wait(work, id).await;
                }
            }
        };
        Box::pin(body.observed(span))
    }

    /// True when `ancestor` is the caller of `id`, or the caller of that, ...
    fn is_above(&self, ancestor: u64, id: u64) -> bool {
        let callers = self.callers.lock().unwrap();
        let mut at = callers.get(&id);
        while let Some(caller) = at {
            if *caller == ancestor {
                return true;
            }
            at = callers.get(caller);
        }
        false
    }
}

/// Polls a future until it is done; a runtime could not be nested.
fn drive(mut future: std::pin::Pin<Box<dyn Future<Output = ()> + '_>>) {
    let mut task = std::task::Context::from_waker(std::task::Waker::noop());
    while future.as_mut().poll(&mut task).is_pending() {}
}

/// Waits for the ends of threads: a scope by itself does not wait for what they do last, which is to hand over their spans.
fn ended(threads: Vec<std::thread::ScopedJoinHandle<'_, ()>>) {
    for thread in threads {
        if let Err(panic) = thread.join() {
            std::panic::resume_unwind(panic);
        }
    }
}

/// Compares what left with who called whom.
fn check(calls: &Calls, left: &[Left]) -> Result<usize, TestCaseError> {
    let by_span: BTreeMap<_, _> = left
        .iter()
        .map(|left| (left.span.to_bytes(), *left))
        .collect();
    let all_left = left.len() as u64 == calls.next.load(Ordering::Relaxed);
    let mut checked = 0;
    for child in left {
        let caller = calls.callers.lock().unwrap()[&child.id.unsigned_abs()];
        let Some(parent) = by_span.get(&child.parent.to_bytes()) else {
            // A root, or a child of what was open when tracing was switched off.
            prop_assert!(!all_left || (caller == 0 && child.parent == SpanId::INVALID));
            continue;
        };
        let parent_id = parent.id.unsigned_abs();
        if all_left {
            prop_assert_eq!(parent_id, caller);
        } else {
            prop_assert!(calls.is_above(parent_id, child.id.unsigned_abs()));
        }
        prop_assert!(
            parent.start <= child.start && child.end <= parent.end,
            "{:?} in {:?}",
            child,
            parent
        );
        checked += 1;
    }
    Ok(checked)
}

#[test]
fn parents_are_right_and_what_was_called_or_awaited_lies_inside_its_caller() {
    in_a_process_of_its_own(|| {
        let exporter = Keeping::default();
        let _tracing = on().with_exporter(exporter.clone()).init();
        let checked = AtomicU64::new(0);
        let config = ProptestConfig {
            cases: 400,
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        proptest!(config, |(threads in prop::collection::vec(work(), 1..4))| {
            set_tracing_enabled(true);
            let calls = Calls::default();
            std::thread::scope(|scope| {
                let calls = &calls;
                let threads = threads.iter().map(|work| scope.spawn(move || calls.run(work, 0)));
                ended(threads.collect());
            });
            prop_assert!(flush(SOON));
            let spans = status().spans;
            prop_assert!(spans.adds_up() && spans.open == 0 && spans.pending == 0, "{:?}", spans);
            let left = std::mem::take(&mut *exporter.0.lock().unwrap());
            checked.fetch_add(check(&calls, &left)? as u64, Ordering::Relaxed);
        });
        assert!(checked.load(Ordering::Relaxed) > 500, "{checked:?}");
    });
}
