//! R14: whatever the worker, or who asks for the account, is in the middle of, a thread that records goes on.
//!
//! Each test holds what the other side holds, for good, and lets threads record: where one of them waited, the test would
//! never end.

use super::*;
use crate::record::chunk::Chunk;

/// Several chunks of them.
const MANY: usize = if cfg!(miri) { 40 } else { 3_000 };

/// Records on a thread of its own, which attaches, hands over and ends; returns when it has.
fn records_on_its_own_thread(running: &Running, spans: usize) {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| running.work(spans));
        // A scope does not wait for destructors of thread-locals.
        thread.join().unwrap();
    });
}

#[test]
fn a_thread_attaches_and_ends_while_the_list_of_threads_is_read() {
    let running = run(|_| Ok(()));
    running
        .pipeline
        .while_threads_are_listed(|| records_on_its_own_thread(&running, 30));
    assert!(running.flush());
    let account = running.account();
    assert_eq!((account.started, account.pending), (30, 0));
    assert!(account.adds_up(), "{account:?}");
}

#[test]
fn a_thread_takes_and_returns_chunks_while_the_spare_ones_are_locked() {
    let running = run(|_| Ok(()));
    running.pipeline.spares.while_locked(|| {
        records_on_its_own_thread(&running, MANY);
        running.pipeline.spares.put(Chunk::with_cells(4_096));
    });
    assert!(running.flush());
    assert!(running.account().adds_up());
}

#[test]
fn a_thread_shows_its_next_chunk_while_the_place_of_the_last_one_is_read() {
    for place in 0..2 {
        let running = run(|_| Ok(()));
        std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                running.work(1);
                let locals = running.pipeline.locals();
                let [local] = locals.as_slice() else {
                    panic!("one thread records here");
                };
                local.while_shown_is_read(place, || running.work(MANY));
                // It sleeps on, and what it has written is seen.
                running.work(1);
                assert!(running.flush());
                let account = running.account();
                assert_eq!((account.started, account.pending), (MANY as u64 + 2, 0));
                assert!(account.adds_up(), "{account:?}");
            });
            thread.join().unwrap();
        });
    }
}
