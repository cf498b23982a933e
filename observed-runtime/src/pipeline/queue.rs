//! The bounded queue between callers and the worker: never blocks, never grows beyond its limit.
//!
//! Its end: what is put in when the worker has ended already is refused, and what is put in at the same moment is seen by
//! the worker's last look or by who put it in.

use std::sync::OnceLock;
use std::thread::Thread;

use super::ledger::Count;
pub(crate) use super::waiting::CELLS_PER_SPAN;
use super::waiting::{Most, Waiting};
use crate::record::chunk::Chunk;
use crate::sync::atomic::{AtomicBool, Ordering, fence};
use crate::sync::{Arc, ArrayQueue};

/// The most chunks that wait, however many spans may: an absurd setting must not allocate.
const MOST_CHUNKS: usize = 8 * 1024;

/// A chunk of finished spans, as a thread hands it over.
#[derive(Debug)]
pub(crate) struct Handed {
    pub(crate) chunk: Arc<Chunk>,
    pub(crate) spans: usize,
}

/// The caller's end.
#[derive(Debug)]
pub(crate) struct Queue {
    shared: Arc<Shared>,
    most: Most,
    wake_at: usize,
}

/// The worker's end; its drop ends the queue.
#[derive(Debug)]
pub(crate) struct Drain(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    chunks: ArrayQueue<Handed>,
    waiting: Waiting,
    worker: OnceLock<Thread>,
    has_ended: AtomicBool,
}

/// A queue of at most `max_spans` spans, whose worker is woken when `wake_at` are waiting.
pub(crate) fn bounded(max_spans: usize, wake_at: usize) -> (Queue, Drain) {
    // A chunk holds at least one span, so as many places suffice.
    let chunks = max_spans.clamp(1, MOST_CHUNKS);
    let shared = Arc::new(Shared {
        chunks: ArrayQueue::new(chunks),
        waiting: Waiting::default(),
        worker: OnceLock::new(),
        has_ended: AtomicBool::new(false),
    });
    let queue = Queue {
        shared: Arc::clone(&shared),
        most: Most {
            chunks,
            spans: max_spans,
        },
        wake_at,
    };
    (queue, Drain(shared))
}

impl Queue {
    /// Puts a chunk in, or gives it back and says why; true when the worker is to be woken.
    pub(crate) fn offer(&self, handed: Handed) -> Result<bool, (Count, Handed)> {
        let (spans, cells) = (handed.spans, handed.chunk.written());
        if spans == 0 {
            return Ok(false);
        }
        if self.shared.has_ended.load(Ordering::Acquire) {
            return Err((Count::Shutdown, handed));
        }
        // A place is free before it is counted as free: who puts a chunk in never meets one that the worker is taking out.
        let Some(before) = self.shared.waiting.add(spans, cells, self.most) else {
            return Err((Count::QueueFull, handed));
        };
        let chunk = Arc::clone(&handed.chunk);
        if let Err(handed) = self.shared.chunks.push(handed) {
            self.shared.waiting.remove(spans, cells);
            return Err((Count::QueueFull, handed));
        }
        chunk.set_queued();
        // Below that the worker's own schedule is soon enough, and waking it is a system call.
        Ok(before < self.wake_at && before + spans >= self.wake_at)
    }

    /// To be asked after a chunk was put in: either this sees that the worker has ended, or the worker's last look sees the
    /// chunk.
    pub(crate) fn has_ended(&self) -> bool {
        fence(Ordering::SeqCst);
        self.shared.has_ended.load(Ordering::Relaxed)
    }

    /// Takes what is left after the end.
    pub(crate) fn next_left(&self) -> Option<Handed> {
        self.shared.next()
    }

    /// How many spans wait.
    pub(crate) fn waiting(&self) -> usize {
        self.shared.waiting.spans()
    }

    /// The largest chunk that an empty queue takes.
    pub(crate) fn max_spans(&self) -> usize {
        self.most.spans
    }

    /// Wakes the worker, if it sleeps.
    pub(crate) fn wake(&self) {
        if let Some(worker) = self.shared.worker.get() {
            worker.unpark();
        }
    }
}

impl Shared {
    fn next(&self) -> Option<Handed> {
        let handed = self.chunks.pop()?;
        self.waiting.remove(handed.spans, handed.chunk.written());
        Some(handed)
    }
}

impl Drain {
    /// Makes the calling thread the one that is woken.
    pub(crate) fn serve_here(&self) {
        let _ = self.0.worker.set(std::thread::current());
    }

    /// How many spans are waiting, at most: some may have been taken from their chunk already.
    pub(crate) fn waiting(&self) -> usize {
        self.0.waiting.spans()
    }

    /// Takes the next chunk, if there is one.
    pub(crate) fn next(&self) -> Option<Handed> {
        self.0.next()
    }

    /// The worker has ended; its last look comes after this.
    pub(crate) fn end(&self) {
        self.0.has_ended.store(true, Ordering::Release);
        fence(Ordering::SeqCst);
    }
}

impl Drop for Drain {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(spans: usize, cells: usize) -> Handed {
        let chunk = Chunk::with_cells(cells);
        chunk.publish(cells);
        Handed { chunk, spans }
    }

    #[test]
    fn beyond_its_spans_it_takes_nothing_and_gives_the_chunk_back() {
        let (queue, drain) = bounded(10, 10);
        assert!(queue.offer(chunk(8, 80)).is_ok());
        let (reason, back) = queue.offer(chunk(3, 30)).unwrap_err();
        assert_eq!((reason, back.spans), (Count::QueueFull, 3));
        assert!(
            queue.offer(chunk(2, 20)).unwrap(),
            "full: the worker is woken"
        );
        assert_eq!(
            drain.next().unwrap().spans + drain.next().unwrap().spans,
            10
        );
        assert_eq!(drain.waiting(), 0);
        assert!(queue.offer(back).is_ok());
    }

    #[test]
    fn beyond_its_memory_it_takes_nothing_but_one_chunk_always_fits() {
        let (queue, drain) = bounded(10, 10);
        assert!(queue.offer(chunk(1, 10 * CELLS_PER_SPAN * 2)).is_ok());
        assert!(queue.offer(chunk(1, 1)).is_err());
        assert!(drain.next().is_some());
        assert!(queue.offer(chunk(1, 1)).is_ok());
    }

    #[test]
    fn what_is_offered_to_a_worker_that_has_ended_is_lost_by_the_shutdown() {
        let (queue, drain) = bounded(10, 10);
        drop(drain);
        assert_eq!(queue.offer(chunk(1, 10)).unwrap_err().0, Count::Shutdown);
        assert_eq!(queue.waiting(), 0);
    }

    #[test]
    fn chunks_beyond_its_places_are_given_back_and_do_not_wait() {
        let (queue, drain) = bounded(20_000, 20_000);
        let taken = (0..10_000)
            .take_while(|_| queue.offer(chunk(1, 1)).is_ok())
            .count();
        assert_eq!((taken, queue.waiting()), (8 * 1024, 8 * 1024));
        assert!(drain.next().is_some() && queue.offer(chunk(1, 1)).is_ok());
    }
}
