//! R15: a thread that ends accounts for what it had open, in whatever order its destructors run.

use std::cell::RefCell;

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
