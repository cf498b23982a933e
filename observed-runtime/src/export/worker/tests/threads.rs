//! R15: a thread that ends accounts for what it had open, in whatever order its destructors run.

use std::cell::RefCell;
use std::sync::atomic::AtomicUsize;
use std::sync::{Barrier, Mutex, OnceLock};

use super::ends::one_record;
use super::*;
use crate::span::{NoVerdict, SpanGuard, begin, observe};

thread_local! {
    static KEPT: RefCell<Option<SpanGuard>> = const { RefCell::new(None) };
}

fn in_pipeline(running: &Running) -> Context {
    Context {
        pipeline: running.pipeline.id,
        ..Context::default()
    }
}

#[test]
fn a_span_that_its_thread_never_ends_is_dropped_with_the_thread() {
    let running = run(|_| Ok(()));
    let context = in_pipeline(&running);
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let _attached = attach::attach(&context);
            std::mem::forget(enter(&SITE));
        });
        // A scope does not wait for destructors of thread-locals.
        thread.join().unwrap();
    });
    assert!(running.flush());
    let account = running.account();
    assert_eq!((account.open, account.dropped.thread_ended), (0, 1));
    assert!(account.adds_up(), "{account:?}");
}

#[test]
fn a_span_that_another_destructor_holds_ends_once_in_either_order() {
    let running = run(|_| Ok(()));
    let context = in_pipeline(&running);
    for keeps_first in [false, true] {
        std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                if keeps_first {
                    KEPT.with_borrow(|kept| assert!(kept.is_none()));
                }
                let attached = attach::attach(&context);
                let span = enter(&SITE);
                KEPT.set(Some(span));
                std::mem::forget(attached);
            });
            thread.join().unwrap();
        });
    }
    assert!(running.flush());
    let account = running.account();
    assert_eq!((account.started, account.open, account.pending), (2, 0, 0));
    let ended = account.exported + account.dropped.thread_ended;
    assert_eq!(ended, 2, "{account:?}");
    assert!(account.dropped.thread_ended >= 1, "{account:?}");
}

#[test]
fn a_span_that_a_future_takes_to_another_thread_is_not_open_when_it_has_ended_there() {
    let running = run(|_| Ok(()));
    let context = in_pipeline(&running);
    let held = std::thread::scope(|scope| {
        let held = scope.spawn(|| {
            let _attached = attach::attach(&context);
            observe(begin(&SITE), std::future::pending::<()>(), NoVerdict)
        });
        held.join().unwrap()
    });
    assert!(running.pipeline.oldest_open().is_some());
    drop(held);
    assert!(running.flush());
    assert_eq!(running.account().open, 0);
    assert_eq!(running.pipeline.oldest_open(), None);
}

#[test]
fn what_the_worker_holds_is_a_batch_and_a_chunk_however_many_threads_there_are() {
    const THREADS: usize = 40;
    const SPANS: usize = 9;
    let (hands, pipeline) = (Arc::<Mutex<Vec<u64>>>::default(), Arc::new(OnceLock::new()));
    let (noted, its_pipeline) = (Arc::clone(&hands), Arc::clone(&pipeline));
    let running = run(move |_| {
        let in_hand = its_pipeline
            .get()
            .map(|pipeline: &Arc<Pipeline>| pipeline.in_hand.load(Ordering::SeqCst));
        noted.lock().unwrap().extend(in_hand);
        Ok(())
    });
    let _ = pipeline.set(Arc::clone(&running.pipeline));
    let barrier = Barrier::new(THREADS + 1);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                running.work(SPANS);
                barrier.wait();
                barrier.wait();
            });
        }
        barrier.wait();
        assert_eq!(running.account().pending, (THREADS * SPANS) as u64);
        assert!(running.flush());
        assert_eq!(running.account().exported, (THREADS * SPANS) as u64);
        barrier.wait();
    });
    let most = (BATCH.max_export + SPANS) as u64;
    let hands = hands.lock().unwrap();
    assert!(
        !hands.is_empty() && hands.iter().all(|hand| *hand <= most),
        "{hands:?}"
    );
}

#[test]
fn what_is_handed_over_while_many_threads_are_read_has_room_again() {
    const THREADS: usize = 40;
    /// In each export; in all more than the queue holds.
    const MEANWHILE: usize = 5;
    let (refused, pipeline) = (Arc::new(AtomicUsize::new(0)), Arc::new(OnceLock::new()));
    let (its_refused, its_pipeline) = (Arc::clone(&refused), Arc::clone(&pipeline));
    let mut left = BATCH.max_queue * 2;
    let running = run(move |_| {
        let pipeline: &Arc<Pipeline> = its_pipeline.get().unwrap();
        for _ in 0..MEANWHILE.min(left) {
            left -= 1;
            if pipeline.offer(one_record()).is_err() {
                its_refused.fetch_add(1, Ordering::SeqCst);
            }
        }
        Ok(())
    });
    let _ = pipeline.set(Arc::clone(&running.pipeline));
    let barrier = Barrier::new(THREADS + 1);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                running.work(9);
                barrier.wait();
                barrier.wait();
            });
        }
        barrier.wait();
        assert!(running.flush());
        barrier.wait();
    });
    assert_eq!(refused.load(Ordering::SeqCst), 0);
}
