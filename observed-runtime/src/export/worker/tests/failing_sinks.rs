//! R14: a sink that fails, panics, hangs or cannot be built.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;

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
    assert_eq!(
        running.control.last_failure(),
        Some(Failure::of(FailureClass::Panic))
    );
    assert_eq!(running.control.lost(), [("exporter panicked", 5)].into());
    assert!(account.adds_up());
}

#[test]
fn a_sink_that_fails_is_accounted_for_by_reason() {
    let running = run(|_| Err(FailureClass::Timeout));
    running.work(7);
    assert!(running.flush());
    let account = running.account();
    assert_eq!(
        (account.dropped.export_failed, account.dropped.total()),
        (7, 7)
    );
    assert_eq!(running.control.lost(), [("timeout", 7)].into());
    assert!(account.adds_up());
}

#[test]
fn a_sink_that_hangs_costs_spans_beyond_the_queue_and_never_the_caller() {
    let (release, hold) = channel::<()>();
    let (hangs, hung) = channel::<()>();
    let running = run(move |_| {
        let _ = hangs.send(());
        let _ = hold.recv();
        Ok(())
    });
    running.work(1_000);
    // Before that the worker moves spans from the queue into its hands, and an account of what moves is not exact.
    hung.recv().unwrap();
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
    // In the queue, in the worker's hands, and in the thread's chunk, which is no larger than the queue.
    assert!(account.pending <= 3 * BATCH.max_queue as u64, "{account:?}");
    drop(release);
    assert!(running.flush());
    let account = running.account();
    assert_eq!(account.pending, 0);
    assert!(account.adds_up(), "{account:?}");
}

#[test]
fn a_sink_that_cannot_be_built_says_why() {
    let (queue, drain) = queue::bounded(1, 1);
    let pipeline = registry::create(Sampler::new(1.0, true), Scopes::all_on(), "test", queue);
    let refused = start(
        &pipeline,
        drain,
        plan(BATCH),
        Box::new(|_| Err("no such exporter".to_owned())),
    );
    assert_eq!(refused.unwrap_err(), "no such exporter");
    let (queue, drain) = queue::bounded(1, 1);
    let pipeline = registry::create(Sampler::new(1.0, true), Scopes::all_on(), "test", queue);
    let panicked = start(
        &pipeline,
        drain,
        plan(BATCH),
        Box::new(|_| panic!("planted")),
    );
    assert_eq!(
        panicked.unwrap_err(),
        "the exporter panicked while it was built"
    );
}

#[test]
fn a_sink_that_fails_again_after_it_worked_is_a_new_failure() {
    let mut results = [Err(FailureClass::Failed), Ok(()), Err(FailureClass::Failed)].into_iter();
    let running = run(move |_| results.next().unwrap());
    let mut failing = Vec::new();
    for _ in 0..3 {
        running.work(1);
        assert!(running.flush());
        failing.push(running.control.lock().failing);
    }
    assert_eq!(failing, [true, false, true]);
    assert_eq!(
        running.control.last_failure(),
        Some(Failure::of(FailureClass::Failed))
    );
}

#[test]
fn exports_that_keep_failing_stop_recording_until_one_succeeds_again() {
    let broken = Arc::new(AtomicBool::new(true));
    let switch = Arc::clone(&broken);
    let running = run(move |_| {
        if switch.load(Ordering::SeqCst) {
            Err(FailureClass::Failed)
        } else {
            Ok(())
        }
    });
    // A pause ends by itself, so a slow machine may see several; ten spans fall into one in the end.
    let deadline = Instant::now() + Duration::from_secs(20);
    let (mut made, mut state) = (0, WorkerState::Exporting);
    while running.account().paused < 10 && Instant::now() < deadline {
        running.work(1);
        made += 1;
        assert!(running.flush());
        if running.control.worker_state(running.pipeline.is_paused()) == WorkerState::Paused {
            state = WorkerState::Paused;
        }
    }
    let account = running.account();
    assert_eq!(state, WorkerState::Paused);
    assert_eq!((account.paused, account.unsampled), (10, 0));
    assert_eq!(
        (account.started + account.paused, account.exported),
        (made, 0)
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
    let running = run(|_| Err(FailureClass::Failed));
    let context = Context {
        pipeline: running.pipeline.id,
        ..Context::default()
    };
    let attached = attach::attach(&context);
    let root = enter(&SITE);
    running.pipeline.set_paused(true);
    drop(enter(&SITE));
    drop(root);
    drop(enter(&SITE));
    drop(attached);
    let account = running.account();
    assert_eq!((account.started, account.paused), (2, 1));
}
