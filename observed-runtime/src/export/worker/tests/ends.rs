//! R15: at the end of a pipeline every span is somewhere, also one that ended in the same moment.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::pipeline::queue::Handed;
use crate::record::chunk::Chunk;

/// A chunk with one record, as a thread writes it.
pub(super) fn one_record() -> Handed {
    let chunk = Chunk::with_cells(1);
    // The shortest record that can be told apart: it says that it is one cell long.
    chunk.room(0, 1).unwrap()[0].store(1, Ordering::Relaxed);
    chunk.publish(1);
    Handed { chunk, spans: 1 }
}

/// A pipeline of this test's own, and the worker's end of its queue without a worker.
fn without_worker() -> (Arc<Pipeline>, Drain) {
    let (queue, drain) = queue::bounded(BATCH.max_queue, BATCH.max_export);
    let pipeline = registry::create(Sampler::new(1.0, true), Scopes::all_on(), "test", queue);
    (pipeline, drain)
}

fn stop(running: &Running) {
    running.pipeline.close();
    let deadline = Instant::now() + Duration::from_secs(20);
    assert!(running.control.stop(&running.pipeline, deadline, deadline));
}

#[test]
fn after_a_stop_under_load_nothing_is_pending_although_its_threads_live_on() {
    const THREADS: usize = 3;
    for round in 0..if cfg!(miri) { 2 } else { 150 } {
        let running = run(|_| Ok(()));
        let (is_over, barrier) = (AtomicBool::new(false), Barrier::new(THREADS + 1));
        let account = std::thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    barrier.wait();
                    while !is_over.load(Ordering::Relaxed) {
                        running.work(20);
                    }
                    barrier.wait();
                    barrier.wait();
                });
            }
            barrier.wait();
            stop(&running);
            is_over.store(true, Ordering::Relaxed);
            barrier.wait();
            let account = running.account();
            barrier.wait();
            account
        });
        assert_eq!((account.open, account.pending), (0, 0), "round {round}");
        assert!(account.adds_up(), "round {round}: {account:?}");
    }
}

#[test]
fn what_is_handed_over_after_the_end_is_given_back_at_once() {
    let running = run(|_| Ok(()));
    stop(&running);
    let (reason, _) = running.pipeline.offer(one_record()).unwrap_err();
    assert_eq!((reason, running.account().pending), (Count::Shutdown, 0));
}

#[test]
fn what_lies_in_the_queue_when_the_worker_ends_is_dropped() {
    let (pipeline, drain) = without_worker();
    assert!(pipeline.offer(one_record()).is_ok());
    assert_eq!(Accounting::of(&pipeline).pending, 1);
    pipeline.end(&drain);
    let account = Accounting::of(&pipeline);
    assert_eq!((account.pending, account.dropped.shutdown), (0, 1));
}

#[test]
fn what_a_thread_has_written_when_the_worker_ends_is_dropped_and_until_then_pending() {
    let (pipeline, drain) = without_worker();
    pipeline.set_enabled(true);
    let context = Context {
        pipeline: pipeline.id,
        ..Context::default()
    };
    let attached = attach::attach(&context);
    drop(enter(&SITE));
    assert_eq!(Accounting::of(&pipeline).pending, 1);
    pipeline.close();
    pipeline.end(&drain);
    let account = Accounting::of(&pipeline);
    assert_eq!((account.pending, account.dropped.shutdown), (0, 1));
    assert!(account.adds_up());
    drop(attached);
}

#[test]
fn what_a_thread_writes_unseen_by_the_last_look_is_dropped_when_somebody_asks() {
    let (pipeline, drain) = without_worker();
    pipeline.set_enabled(true);
    let context = Context {
        pipeline: pipeline.id,
        ..Context::default()
    };
    let attached = attach::attach(&context);
    let in_flight = enter(&SITE);
    pipeline.end(&drain);
    // Its thread has not seen the end.
    drop(in_flight);
    let account = Accounting::of(&pipeline);
    assert_eq!((account.pending, account.dropped.shutdown), (0, 1));
    assert!(account.adds_up(), "{account:?}");
    drop(attached);
}

#[cfg(feature = "otlp")]
#[test]
fn a_record_that_cannot_be_read_is_lost_and_told() {
    let (pipeline, drain) = without_worker();
    let nobody = crate::export::fan_out::FanOut {
        direct: None,
        exporters: Vec::new(),
        code_attributes: false,
    };
    let make: MakeSink = Box::new(move |_| Ok(Box::new(nobody)));
    let control = start(&pipeline, drain, plan(BATCH), make).unwrap();
    let running = Running { pipeline, control };
    assert!(running.pipeline.offer(one_record()).is_ok());
    assert!(running.flush());
    let account = running.account();
    assert_eq!((account.pending, account.dropped.export_failed), (0, 1));
}

#[test]
fn a_batch_that_a_sink_panics_over_is_lost_and_told() {
    let running = run(|_| panic!("planted"));
    running.work(3);
    assert!(running.flush());
    let account = running.account();
    assert_eq!((account.pending, account.dropped.export_failed), (0, 3));
    assert!(account.adds_up());
}

#[test]
fn what_was_in_hand_when_the_worker_itself_panicked_is_lost_and_told() {
    let (pipeline, drain) = without_worker();
    let (control, plan) = (Control::default(), plan(BATCH));
    let firewall = Firewall::new(&plan.privacy, &pipeline.worker, &control.findings);
    let mut worker = Worker {
        pipeline: &pipeline,
        drain: &drain,
        control: &control,
        batch: plan.batch,
        sink: Guarded::new(&firewall, &firewall, Box::new(Scripted(|_| Ok(())))),
        reviewed: None,
        keeper: None,
        housekeeping: Housekeeping::new(None),
        records: Records::default(),
        in_hand: 0,
    };
    worker.hold(3);
    assert_eq!(Accounting::of(&pipeline).pending, 3);
    control.tell_to_stop(deadline(Duration::ZERO));
    worker.serve();
    let account = Accounting::of(&pipeline);
    assert_eq!((account.pending, account.dropped.export_failed), (0, 3));
    assert_eq!(control.lost(), [("exporter panicked", 3)].into());
}

#[test]
fn a_pipeline_that_has_ended_cannot_be_switched_on() {
    let running = run(|_| Ok(()));
    stop(&running);
    assert!(!running.pipeline.set_enabled(true));
    assert!(!running.pipeline.is_enabled());
    running.work(1);
    assert_eq!(running.account().started, 0);
}
