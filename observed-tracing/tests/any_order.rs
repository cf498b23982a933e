//! Spans of `tracing` in every order that it allows: entered twice, left in another order, on two threads, closed early.

mod traced;

use std::sync::mpsc::{Sender, channel};
use std::thread;

use observed_runtime::context;
use observed_runtime::testing::{self, Capture};
use observed_tracing::{List, span};
use proptest::prelude::*;
use traced::{accounts, subscriber};
use tracing::{Dispatch, Span, dispatcher};

const SPANS: usize = 4;

#[derive(Clone, Copy, Debug)]
enum Step {
    /// Starts the span of this number, in the place of one that was.
    Start(usize),
    Enter(usize),
    Exit(usize),
    /// Drops the handle.
    Close(usize),
    Tell,
    /// Runs an observed span to its end.
    Observe,
}

fn step() -> impl Strategy<Value = Step> {
    let span = 0..SPANS;
    prop_oneof![
        2 => span.clone().prop_map(Step::Start),
        4 => span.clone().prop_map(Step::Enter),
        4 => span.clone().prop_map(Step::Exit),
        1 => span.prop_map(Step::Close),
        1 => Just(Step::Tell),
        1 => Just(Step::Observe),
    ]
}

fn list() -> List {
    List::new()
        .with(span("any_order", "listed").number("n"))
        .with(observed_tracing::event("any_order").named("told"))
}

/// What is entered on one of the threads, so that what is exited was entered and all is left at the end.
#[derive(Default)]
struct Entered(Vec<Span>);

impl Entered {
    fn enter(&mut self, span: &Span) {
        span.with_subscriber(|(id, dispatch)| dispatch.enter(id));
        self.0.push(span.clone());
    }

    fn exit(&mut self, at: usize) {
        let span = self.0.remove(at);
        span.with_subscriber(|(id, dispatch)| dispatch.exit(id));
    }
}

/// Does one step; `spans` are those that both threads know.
fn run(step: Step, spans: &mut [Option<Span>; SPANS], entered: &mut Entered) {
    match step {
        Step::Start(n) => spans[n] = Some(tracing::info_span!("listed", n)),
        Step::Enter(n) => {
            if let Some(span) = &spans[n] {
                entered.enter(span);
            }
        }
        Step::Exit(n) if n < entered.0.len() => entered.exit(n),
        Step::Exit(_) => {}
        Step::Close(n) => spans[n] = None,
        Step::Tell => tracing::info!("told"),
        Step::Observe => drop(observed_runtime::observed_span!(name = "own")),
    }
}

type Task = Box<dyn FnOnce(&mut Entered) + Send>;

/// A thread that does what it is told, one thing after the other, under this subscriber.
fn worker(dispatch: &Dispatch) -> (Sender<Task>, thread::JoinHandle<bool>) {
    let (tasks, inbox) = channel::<Task>();
    let dispatch = dispatch.clone();
    let capture = context::current();
    let run = move || {
        let mut entered = Entered::default();
        dispatcher::with_default(&dispatch, || {
            capture.run(|| {
                for task in inbox {
                    task(&mut entered);
                }
                while !entered.0.is_empty() {
                    entered.exit(0);
                }
            });
        });
        context::ids().is_none()
    };
    (tasks, thread::spawn(run))
}

/// Runs the steps, each on one of two threads.
fn run_all(steps: &[(bool, Step)]) -> Capture {
    let dispatch = Dispatch::new(subscriber(&list()));
    // A registry counts the children of a span through the dispatcher of the thread that they end on.
    let run = || dispatcher::with_default(&dispatch, || take_turns(&dispatch, steps));
    testing::capture(run).1
}

fn take_turns(dispatch: &Dispatch, steps: &[(bool, Step)]) {
    let workers = [worker(dispatch), worker(dispatch)];
    let mut spans: [Option<Span>; SPANS] = Default::default();
    for (second, step) in steps.iter().copied() {
        let (done, wait) = channel();
        let task: Task = Box::new(move |entered| {
            run(step, &mut spans, entered);
            done.send(spans).unwrap();
        });
        workers[usize::from(second)].0.send(task).unwrap();
        spans = wait.recv().unwrap();
    }
    drop(spans);
    for (tasks, thread) in workers {
        drop(tasks);
        assert!(thread.join().unwrap(), "nothing is current at the end");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_listed_span_ends_once_and_nothing_stays_current(steps in prop::collection::vec((any::<bool>(), step()), 0..60)) {
        let capture = run_all(&steps);
        let started = steps.iter().filter(|(_, step)| matches!(step, Step::Start(_) | Step::Observe));
        prop_assert_eq!(capture.spans.len(), started.count());
        accounts(&capture);
    }

    #[test]
    fn spans_that_are_nested_have_the_parents_that_tracing_gives_them(depths in prop::collection::vec(0_usize..5, 1..30)) {
        let dispatch = Dispatch::new(subscriber(&list()));
        let (expected, capture) = testing::capture(|| {
            dispatcher::with_default(&dispatch, || {
                let (mut open, mut expected): (Vec<(usize, tracing::span::EnteredSpan)>, _) = (Vec::new(), Vec::new());
                for (n, depth) in depths.iter().enumerate() {
                    while open.len() > *depth {
                        open.pop();
                    }
                    expected.push(open.last().map(|(above, _)| *above));
                    open.push((n, tracing::info_span!("listed", n).entered()));
                }
                while open.pop().is_some() {}
                expected
            })
        });
        let above = |parent| capture.spans.iter().position(|span| span.span_id == parent);
        let parents: Vec<_> = capture.spans.iter().map(|span| above(span.parent)).collect();
        prop_assert_eq!(parents, expected);
        accounts(&capture);
    }
}
