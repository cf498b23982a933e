//! R14, R15, R17: whatever a sink does, callers go on and every span is accounted for.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::*;
use crate::context::Context;
use crate::export::queue;
use crate::pipeline::{Scopes, registry};
use crate::sampling::Sampler;
use crate::span::{Kind, Site, enter};
use crate::status::{Accounting, WorkerState};

static SITE: Site = Site {
    name: "work",
    kind: Kind::Internal,
    keys: &[],
    scope: "",
};

const BATCH: Batch = Batch {
    max_queue: 100,
    max_export: 10,
    delay: Duration::from_hours(1),
    timeout: Duration::from_secs(1),
};

/// A sink that does what the closure says.
struct Scripted<F>(F);

impl<F: FnMut(usize) -> Result<(), ErrorClass> + Send> Sink for Scripted<F> {
    fn export(&mut self, batch: Vec<Finished>) -> Result<(), ErrorClass> {
        (self.0)(batch.len())
    }
}

struct Running {
    pipeline: Arc<Pipeline>,
    control: Arc<Control>,
}

/// A pipeline of this test's own, with a worker that exports into `export`.
fn run(export: impl FnMut(usize) -> Result<(), ErrorClass> + Send + 'static) -> Running {
    let (queue, drain) = queue::bounded(BATCH.max_queue, BATCH.max_export);
    let pipeline = registry::create(Sampler::new(1.0, true), Scopes::all_on(), "test", queue);
    let make: MakeSink = Box::new(move || Ok(Box::new(Scripted(export))));
    let control = start(&pipeline, drain, BATCH, Privacy::default(), make).unwrap();
    pipeline.set_enabled(true);
    Running { pipeline, control }
}

impl Running {
    /// Makes `count` root spans, one after the other.
    fn work(&self, count: usize) {
        let context = Context {
            pipeline: self.pipeline.id,
            ..Context::default()
        };
        let _attached = thread::attach(&context);
        for _ in 0..count {
            drop(enter(&SITE));
        }
    }

    fn flush(&self) -> bool {
        thread::hand_over();
        self.control
            .flush(&self.pipeline, Instant::now() + Duration::from_secs(20))
    }

    fn account(&self) -> Accounting {
        Accounting::from_totals(&self.pipeline.totals())
    }
}

#[test]
fn everything_is_exported_in_batches_of_the_size_that_was_set() {
    let (sender, batches): (Sender<usize>, Receiver<usize>) = channel();
    let running = run(move |spans| sender.send(spans).map_err(|_| ErrorClass::Failed));
    running.work(95);
    assert!(running.flush());
    let batches: Vec<usize> = batches.try_iter().collect();
    assert_eq!(batches.iter().sum::<usize>(), 95);
    assert!(batches.iter().all(|batch| *batch <= 10), "{batches:?}");
    let account = running.account();
    assert_eq!(
        (account.exported, account.pending, account.adds_up()),
        (95, 0, true)
    );
}

#[test]
fn a_sink_that_panics_loses_its_batch_and_not_the_worker() {
    let mut first = true;
    let running = run(move |_| {
        assert!(!std::mem::take(&mut first), "planted");
        Ok(())
    });
    running.work(5);
    assert!(running.flush());
    running.work(5);
    assert!(running.flush());
    let account = running.account();
    assert_eq!((account.dropped.export_failed, account.exported), (5, 5));
    assert_eq!(running.control.last_error(), Some(ErrorClass::Panic));
    assert!(account.adds_up());
}

#[test]
fn a_sink_that_fails_is_accounted_for_by_reason() {
    let running = run(|_| Err(ErrorClass::Timeout));
    running.work(7);
    assert!(running.flush());
    let account = running.account();
    assert_eq!(
        (account.dropped.export_failed, account.dropped.total()),
        (7, 7)
    );
    assert!(account.adds_up());
}

#[test]
fn a_sink_that_hangs_costs_spans_beyond_the_queue_and_never_the_caller() {
    let (release, hold) = channel::<()>();
    let running = run(move |_| {
        let _ = hold.recv();
        Ok(())
    });
    running.work(1_000);
    let deadline = Instant::now() + Duration::from_millis(50);
    assert!(
        !running.control.flush(&running.pipeline, deadline),
        "a hung sink cannot have been flushed"
    );
    let account = running.account();
    assert!(
        account.dropped.queue_full > 0 && account.adds_up(),
        "{account:?}"
    );
    assert!(
        account.pending <= 100 + 2 * BATCH.max_export as u64,
        "{account:?}"
    );
    drop(release);
    assert!(running.flush());
    let account = running.account();
    assert_eq!(account.pending, 0);
    assert!(account.adds_up(), "{account:?}");
}

#[test]
fn a_thread_that_ends_leaves_nothing_behind() {
    let running = run(|_| Ok(()));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| running.work(3));
        }
    });
    assert!(running.flush());
    let account = running.account();
    assert_eq!((account.started, account.exported), (24, 24));
}

#[test]
fn a_flush_takes_the_finished_spans_of_a_thread_that_waits_inside_another() {
    let running = run(|_| Ok(()));
    let (inside, wait_inside) = channel();
    let (release, wait_release) = channel::<()>();
    std::thread::scope(|scope| {
        let running = &running;
        scope.spawn(move || {
            let context = Context {
                pipeline: running.pipeline.id,
                ..Context::default()
            };
            let _attached = thread::attach(&context);
            let _outer = enter(&SITE);
            drop(enter(&SITE));
            inside.send(()).unwrap();
            let _ = wait_release.recv();
        });
        wait_inside.recv().unwrap();
        assert!(running.flush());
        let account = running.account();
        assert_eq!((account.started, account.exported, account.open), (2, 1, 1));
        assert!(account.adds_up());
        drop(release);
    });
}

#[test]
fn switched_off_open_spans_end_as_dropped_and_queued_ones_still_leave() {
    let running = run(|_| Ok(()));
    running.work(3);
    let context = Context {
        pipeline: running.pipeline.id,
        ..Context::default()
    };
    let attached = thread::attach(&context);
    let open = enter(&SITE);
    running.pipeline.set_enabled(false);
    drop(open);
    drop(enter(&SITE));
    drop(attached);
    assert!(running.flush());
    let account = running.account();
    assert_eq!(
        (account.started, account.exported, account.dropped.disabled),
        (4, 3, 1)
    );
    assert!(account.adds_up());
}

#[test]
fn a_sink_that_cannot_be_built_says_why() {
    let (queue, drain) = queue::bounded(1, 1);
    let pipeline = registry::create(Sampler::new(1.0, true), Scopes::all_on(), "test", queue);
    let refused = start(
        &pipeline,
        drain,
        BATCH,
        Privacy::default(),
        Box::new(|| Err("no such exporter".to_owned())),
    );
    assert_eq!(refused.unwrap_err(), "no such exporter");
    let (queue, drain) = queue::bounded(1, 1);
    let pipeline = registry::create(Sampler::new(1.0, true), Scopes::all_on(), "test", queue);
    let panicked = start(
        &pipeline,
        drain,
        BATCH,
        Privacy::default(),
        Box::new(|| panic!("planted")),
    );
    assert_eq!(
        panicked.unwrap_err(),
        "the exporter panicked while it was built"
    );
}

#[test]
fn a_stopped_worker_has_flushed_and_spans_after_it_are_dropped_as_shutdown() {
    let running = run(|_| Ok(()));
    running.work(2);
    let context = Context {
        pipeline: running.pipeline.id,
        ..Context::default()
    };
    let attached = thread::attach(&context);
    let open = enter(&SITE);
    running.pipeline.close();
    assert!(
        running
            .control
            .stop(&running.pipeline, Instant::now() + Duration::from_secs(20))
    );
    drop(open);
    drop(attached);
    let account = running.account();
    assert_eq!(
        (account.started, account.exported, account.dropped.shutdown),
        (3, 2, 1)
    );
    assert!(account.adds_up());
}

#[test]
fn a_flush_ends_although_callers_go_on() {
    let running = run(|_| {
        std::thread::sleep(Duration::from_millis(2));
        Ok(())
    });
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                running.work(10);
            }
        });
        for _ in 0..5 {
            assert!(running.flush());
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert!(running.flush());
    assert!(running.account().adds_up());
}

#[test]
fn a_queue_smaller_than_a_chunk_still_takes_what_fits() {
    let asleep = Batch {
        max_export: 1_000,
        ..BATCH
    };
    let (queue, drain) = queue::bounded(20, asleep.max_export);
    let pipeline = registry::create(Sampler::new(1.0, true), Scopes::all_on(), "test", queue);
    let control = start(
        &pipeline,
        drain,
        asleep,
        Privacy::default(),
        Box::new(|| Ok(Box::new(Scripted(|_| Ok(()))))),
    )
    .unwrap();
    pipeline.set_enabled(true);
    let running = Running { pipeline, control };
    let context = Context {
        pipeline: running.pipeline.id,
        ..Context::default()
    };
    let attached = thread::attach(&context);
    let outer = enter(&SITE);
    for _ in 0..40 {
        drop(enter(&SITE));
    }
    drop(outer);
    drop(attached);
    assert!(running.flush());
    let account = running.account();
    assert_eq!(
        (account.exported, account.dropped.queue_full),
        (20, 21),
        "the first twenty fit"
    );
}

#[test]
fn deadlines_beyond_the_clock_are_no_panic() {
    let running = run(|_| Ok(()));
    running.work(1);
    thread::hand_over();
    assert!(
        running
            .control
            .flush(&running.pipeline, deadline(Duration::MAX))
    );
}

#[test]
fn a_sink_that_fails_again_after_it_worked_is_a_new_failure() {
    let mut results = [Err(ErrorClass::Failed), Ok(()), Err(ErrorClass::Failed)].into_iter();
    let running = run(move |_| results.next().unwrap());
    let mut failing = Vec::new();
    for _ in 0..3 {
        running.work(1);
        assert!(running.flush());
        failing.push(running.control.lock().failing);
    }
    assert_eq!(failing, [true, false, true]);
    assert_eq!(running.control.last_error(), Some(ErrorClass::Failed));
}

#[test]
fn what_a_thread_hands_over_while_its_buffer_is_taken_is_not_missed() {
    let (queue, drain) = queue::bounded(10, 10);
    let pipeline = registry::create(Sampler::new(1.0, true), Scopes::all_on(), "test", queue);
    pipeline.set_enabled(true);
    let context = Context {
        pipeline: pipeline.id,
        ..Context::default()
    };
    let attached = thread::attach(&context);
    let parent = enter(&SITE);
    drop(enter(&SITE));
    let take_buffers = || {
        // In this very moment the parent ends, and the thread hands both over.
        drop(parent);
        pipeline.take_buffers()
    };
    let (spans, waiting) = snapshot(take_buffers, &drain);
    assert_eq!((spans.len(), waiting), (0, 2));
    drop(attached);
}

#[test]
fn exports_that_keep_failing_stop_recording_until_one_succeeds_again() {
    let broken = Arc::new(AtomicBool::new(true));
    let switch = Arc::clone(&broken);
    let running = run(move |_| {
        if switch.load(Ordering::SeqCst) {
            Err(ErrorClass::Failed)
        } else {
            Ok(())
        }
    });
    running.work(50);
    assert!(running.flush());
    assert!(running.pipeline.is_paused());
    assert_eq!(running.control.worker_state(true), WorkerState::Paused);
    running.work(10);
    let account = running.account();
    assert_eq!(
        (account.started, account.paused, account.unsampled),
        (50, 10, 0)
    );
    broken.store(false, Ordering::SeqCst);
    let deadline = Instant::now() + Duration::from_secs(20);
    while running.account().exported == 0 && Instant::now() < deadline {
        running.work(1);
        assert!(running.flush());
        std::thread::sleep(Duration::from_millis(20));
    }
    let account = running.account();
    assert!(account.exported > 0 && account.adds_up(), "{account:?}");
    assert!(!running.pipeline.is_paused());
}

#[test]
fn a_trace_that_is_being_recorded_is_recorded_to_its_end_during_a_pause() {
    let running = run(|_| Err(ErrorClass::Failed));
    let context = Context {
        pipeline: running.pipeline.id,
        ..Context::default()
    };
    let attached = thread::attach(&context);
    let root = enter(&SITE);
    running.pipeline.set_paused(true);
    drop(enter(&SITE));
    drop(root);
    drop(enter(&SITE));
    drop(attached);
    let account = running.account();
    assert_eq!((account.started, account.paused), (2, 1));
}
