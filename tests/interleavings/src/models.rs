//! What is tried.

use loom::thread;

use crate::caller::{Caller, Pipeline, values};
use crate::pipeline::queue;
use crate::record::chunk::Chunk;
use crate::sync::Arc;
use crate::sync::atomic::Ordering;
use crate::worker::{end, look};

/// Tries a model in every order with at most so many preemptions; more of them find nothing that these do not, and take
/// hours.
fn in_every_order(preemptions: usize, model: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(preemptions);
    builder.check(model);
}

/// Each record is in exactly one place.
fn assert_each_once(mut found: Vec<u64>, records: u64) {
    found.sort_unstable();
    assert!(found.iter().copied().eq(1..=records), "{found:?}");
}

/// Two that take from a chunk while its thread writes into it never get the same, miss nothing, and read what was written.
pub fn two_take_from_a_chunk_that_is_being_written() {
    in_every_order(4, || {
        let chunk = Chunk::with_cells(2);
        let takers = [(); 2].map(|()| {
            let chunk = Arc::clone(&chunk);
            thread::spawn(move || values(chunk.take()))
        });
        for at in 0..2 {
            chunk.room(at, 1).unwrap()[0].store(at as u64 + 1, Ordering::Relaxed);
            chunk.publish(at + 1);
        }
        let mut found = takers.map(|taker| taker.join().unwrap()).concat();
        found.extend(values(chunk.take()));
        assert_each_once(found, 2);
    });
}

/// A thread fills chunks, hands them over and writes into those that the worker has read, while the worker looks.
pub fn a_thread_records_while_the_worker_looks() {
    in_every_order(3, || {
        let (queue, drain) = queue::bounded(8, 8);
        let pipeline = Pipeline::new(queue);
        let mut caller = Caller::new(&pipeline);
        let thread = thread::spawn(move || {
            for record in 1..=5 {
                caller.finish(record);
            }
            caller.lost
        });
        let mut found = Vec::new();
        for _ in 0..2 {
            look(&pipeline, &drain, &mut found);
        }
        let lost = thread.join().unwrap();
        assert!(lost.is_empty(), "the queue has room for all: {lost:?}");
        // The thread sleeps; what it has not handed over is seen.
        look(&pipeline, &drain, &mut found);
        assert_each_once(found, 5);
        assert_eq!(pipeline.queue.waiting(), 0);
    });
}

/// Somebody asks for the account meanwhile: they look and take nothing, and a chunk that they look at is not written again.
pub fn a_chunk_that_somebody_looks_at_is_not_written_again() {
    in_every_order(3, || {
        let (queue, drain) = queue::bounded(8, 8);
        let pipeline = Pipeline::new(queue);
        let mut caller = Caller::new(&pipeline);
        caller.finish(1);
        caller.finish(2);
        let asks = {
            let pipeline = Arc::clone(&pipeline);
            thread::spawn(move || {
                pipeline.shown.each(|chunk| {
                    let seen = values(chunk.untaken());
                    let whole: &[&[u64]] = &[&[], &[1, 2], &[3]];
                    assert!(whole.contains(&seen.as_slice()), "{seen:?}");
                });
            })
        };
        caller.hand_over();
        let mut found = Vec::new();
        look(&pipeline, &drain, &mut found);
        caller.finish(3);
        asks.join().unwrap();
        look(&pipeline, &drain, &mut found);
        assert_each_once(found, 3);
    });
}

/// A span ends in the moment in which the worker does: it is taken or dropped, by the latest when somebody asks for the
/// account, and nothing is left anywhere.
pub fn a_span_ends_while_the_worker_does() {
    in_every_order(3, || {
        let (queue, drain) = queue::bounded(8, 8);
        let pipeline = Pipeline::new(queue);
        let mut caller = Caller::new(&pipeline);
        let thread = thread::spawn(move || {
            caller.finish(1);
            caller.finish(2);
            // Its thread lives on.
            caller
        });
        pipeline.closed.store(true, Ordering::SeqCst);
        let mut found = Vec::new();
        look(&pipeline, &drain, &mut found);
        end(&pipeline, &drain, &mut found);
        let caller = thread.join().unwrap();
        found.extend(&caller.lost);
        end(&pipeline, &drain, &mut found);
        assert_each_once(found, 2);
        assert_eq!(pipeline.queue.waiting(), 0);
    });
}

/// Two threads hand over while the worker ends.
pub fn two_hand_over_while_the_worker_ends() {
    in_every_order(2, || {
        let (queue, drain) = queue::bounded(8, 8);
        let pipeline = Pipeline::new(queue);
        let threads = [1, 2].map(|record| {
            let mut caller = Caller::new(&pipeline);
            thread::spawn(move || {
                caller.finish(record);
                caller.hand_over();
                caller.lost
            })
        });
        pipeline.closed.store(true, Ordering::SeqCst);
        let mut found = Vec::new();
        end(&pipeline, &drain, &mut found);
        for thread in threads {
            found.extend(thread.join().unwrap());
        }
        assert_each_once(found, 2);
        assert_eq!(pipeline.queue.waiting(), 0);
    });
}
