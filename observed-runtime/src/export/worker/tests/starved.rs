//! R14: a worker that does not get the processor costs spans and never a caller.

use std::sync::atomic::{AtomicBool, Ordering};

use thread_priority::ThreadPriority;
use thread_priority::unix::{
    NormalThreadSchedulePolicy, ThreadSchedulePolicy, set_thread_priority_and_policy,
    thread_native_id,
};

use super::*;

/// Runs with a worker that gets the processor where nobody else wants it.
fn run_idle(export: impl FnMut(usize) -> Result<(), FailureClass> + Send + 'static) -> Running {
    let (queue, drain) = queue::bounded(BATCH.max_queue, BATCH.max_export);
    let pipeline = registry::create(Sampler::new(1.0, true), Scopes::all_on(), "test", queue);
    let make: MakeSink = Box::new(move |_| {
        let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
        set_thread_priority_and_policy(thread_native_id(), ThreadPriority::Min, idle)
            .map_err(|error| error.to_string())?;
        Ok(Box::new(Scripted(export)))
    });
    let control = start(&pipeline, drain, plan(BATCH), make).unwrap();
    pipeline.set_enabled(true);
    Running { pipeline, control }
}

/// Keeps every processor busy while `work` runs.
fn beside_busy_loops<R>(work: impl FnOnce() -> R) -> R {
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..processors {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let result = work();
        is_over.store(true, Ordering::Relaxed);
        result
    })
}

#[test]
fn callers_go_on_beside_a_worker_that_gets_no_processor_and_every_span_is_accounted_for() {
    const THREADS: u64 = 8;
    const SPANS: u64 = 20_000;
    let running = run_idle(|_| Ok(()));
    beside_busy_loops(|| {
        std::thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    for _ in 0..SPANS / 100 {
                        // Threads come and go, too.
                        std::thread::scope(|scope| {
                            scope.spawn(|| running.work(50));
                        });
                        running.work(50);
                    }
                });
            }
        });
        let account = running.account();
        assert_eq!(account.started, THREADS * SPANS);
        assert!(account.dropped.queue_full > 0, "{account:?}");
        assert!(account.exported < account.started, "{account:?}");
    });
    assert!(running.flush());
    let account = running.account();
    assert_eq!((account.open, account.pending), (0, 0));
    assert!(account.adds_up(), "{account:?}");
}
