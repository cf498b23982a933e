//! R14, R15, R17: whatever a sink does, callers go on and every span is accounted for.

mod ends;
mod failing_sinks;
mod locks;
#[cfg(all(target_os = "linux", not(miri)))]
mod starved;
mod threads;

use std::sync::mpsc::{Receiver, Sender, channel};

use super::*;
use crate::export::failure::{Failure, FailureClass};
use crate::export::outgoing::Outgoing;
use crate::export::report::Report;
use crate::identity::Context;
use crate::pipeline::queue::{self, Handed};
use crate::pipeline::{Scopes, registry};
use crate::record::site::Site;
use crate::sampling::Sampler;
use crate::span::enter;
use crate::status::{Accounting, WorkerState};
use crate::thread::attach;

static SITE: Site = Site::nowhere("work", &[]);

const BATCH: Batch = Batch {
    max_queue: 100,
    max_export: 10,
    max_bytes: 1_000_000,
    delay: Duration::from_secs(60 * 60),
    timeout: Duration::from_secs(1),
};

/// A sink that does what the closure says.
struct Scripted<F>(F);

impl<F: FnMut(usize) -> Result<(), FailureClass> + Send> Sink for Scripted<F> {
    fn export(&mut self, batch: Outgoing<'_>) -> Report {
        match (self.0)(batch.len()) {
            Ok(()) => Report::default(),
            Err(class) => Report::lost(batch.len(), Failure::of(class)),
        }
    }
}

fn plan(batch: Batch) -> Plan {
    Plan {
        batch,
        privacy: Privacy::default(),
        lock: Locked::default(),
        keep: None,
        budget: None,
    }
}

struct Running {
    pipeline: Arc<Pipeline>,
    control: Arc<Control>,
}

/// A pipeline of this test's own, with a worker that exports into `export`.
fn run(export: impl FnMut(usize) -> Result<(), FailureClass> + Send + 'static) -> Running {
    let (queue, drain) = queue::bounded(BATCH.max_queue, BATCH.max_export);
    let pipeline = registry::create(Sampler::new(1.0, true), Scopes::all_on(), "test", queue);
    let make: MakeSink = Box::new(move |_| Ok(Box::new(Scripted(export))));
    let control = start(&pipeline, drain, plan(BATCH), make).unwrap();
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
        let _attached = attach::attach(&context);
        for _ in 0..count {
            drop(enter(&SITE));
        }
    }

    fn flush(&self) -> bool {
        self.control
            .flush(&self.pipeline, Instant::now() + Duration::from_secs(20))
    }

    fn account(&self) -> Accounting {
        Accounting::of(&self.pipeline)
    }
}

#[test]
fn everything_is_exported_in_batches_of_the_size_that_was_set() {
    let (sender, batches): (Sender<usize>, Receiver<usize>) = channel();
    let running = run(move |spans| sender.send(spans).map_err(|_| FailureClass::Failed));
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
            let _attached = attach::attach(&context);
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
    let attached = attach::attach(&context);
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
fn a_stopped_worker_has_flushed_and_spans_after_it_are_dropped_as_shutdown() {
    let running = run(|_| Ok(()));
    running.work(2);
    let context = Context {
        pipeline: running.pipeline.id,
        ..Context::default()
    };
    let attached = attach::attach(&context);
    let open = enter(&SITE);
    running.pipeline.close();
    let deadline = Instant::now() + Duration::from_secs(20);
    assert!(running.control.stop(&running.pipeline, deadline, deadline));
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
        plan(asleep),
        Box::new(|_| Ok(Box::new(Scripted(|_| Ok(()))))),
    )
    .unwrap();
    pipeline.set_enabled(true);
    let running = Running { pipeline, control };
    let context = Context {
        pipeline: running.pipeline.id,
        ..Context::default()
    };
    let attached = attach::attach(&context);
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
        (21, 20),
        "the first twenty fit, and the last one waits with its thread"
    );
}

#[test]
fn deadlines_beyond_the_clock_are_no_panic() {
    let running = run(|_| Ok(()));
    running.work(1);
    assert!(
        running
            .control
            .flush(&running.pipeline, deadline(Duration::MAX))
    );
}

#[test]
fn what_a_thread_hands_over_while_its_buffer_is_taken_is_not_missed() {
    let (queue, drain) = queue::bounded(2, 10);
    let pipeline = registry::create(Sampler::new(1.0, true), Scopes::all_on(), "test", queue);
    pipeline.set_enabled(true);
    let context = Context {
        pipeline: pipeline.id,
        ..Context::default()
    };
    let attached = attach::attach(&context);
    let parent = enter(&SITE);
    drop(enter(&SITE));
    let mut records = Records::default();
    let take_buffers = || {
        // In this very moment the parent ends, and the thread hands both over.
        drop(parent);
        pipeline.take_buffers(|taken| records.copy(taken));
    };
    let waiting = snapshot(take_buffers, &drain);
    assert_eq!((records.len(), waiting), (0, 2));
    drop(attached);
}

#[test]
fn what_lies_in_the_queue_while_its_thread_still_shows_it_is_there_once() {
    let (queue, drain) = queue::bounded(10, 10);
    let pipeline = registry::create(Sampler::new(1.0, true), Scopes::all_on(), "test", queue);
    pipeline.set_enabled(true);
    let context = Context {
        pipeline: pipeline.id,
        ..Context::default()
    };
    let attached = attach::attach(&context);
    drop(enter(&SITE));
    let locals = pipeline.locals();
    let mut shown = None;
    locals[0].chunks(|chunk| shown = Some(chunk));
    let chunk = shown.expect("its thread has written one span");
    assert_eq!(pipeline.pending(), 1);
    // Its thread has handed it over, and has not come to show another one.
    assert!(pipeline.offer(Handed { chunk, spans: 1 }).is_ok());
    assert_eq!(pipeline.pending(), 1);
    let mut taken = Records::default();
    pipeline.take_buffers(|cells| taken.copy(cells));
    assert_eq!((taken.len(), drain.waiting()), (0, 1));
    drain.next().unwrap().chunk.take();
    drop(attached);
}
