//! The bounded queue between callers and the worker: never blocks, never grows beyond its limit.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread::Thread;

use super::ledger::Count;
use crate::record::chunk::Chunk;

/// The memory of the spans that wait is limited to this many cells for each span that may.
pub(crate) const CELLS_PER_SPAN: usize = 64;

/// A chunk of finished spans, as a thread hands it over.
#[derive(Debug)]
pub(crate) struct Handed {
    pub(crate) chunk: Arc<Chunk>,
    pub(crate) spans: usize,
}

/// The caller's end.
#[derive(Debug)]
pub(crate) struct Queue {
    chunks: SyncSender<Handed>,
    waiting: Arc<Waiting>,
    max_spans: usize,
    wake_at: usize,
    worker: Arc<OnceLock<Thread>>,
}

/// What is in the channel; shared by both ends.
#[derive(Debug, Default)]
struct Waiting {
    spans: AtomicUsize,
    cells: AtomicUsize,
}

/// The worker's end.
#[derive(Debug)]
pub(crate) struct Drain {
    chunks: Receiver<Handed>,
    waiting: Arc<Waiting>,
    pub(crate) worker: Arc<OnceLock<Thread>>,
}

/// A queue of at most `max_spans` spans, whose worker is woken when `wake_at` are waiting.
pub(crate) fn bounded(max_spans: usize, wake_at: usize) -> (Queue, Drain) {
    // A chunk holds at least one span, so as many slots suffice; the cap keeps an absurd setting from allocating.
    let (sender, receiver) = sync_channel(max_spans.clamp(1, 8 * 1024));
    let waiting = Arc::new(Waiting::default());
    let worker = Arc::new(OnceLock::new());
    let queue = Queue {
        chunks: sender,
        waiting: Arc::clone(&waiting),
        max_spans,
        wake_at,
        worker: Arc::clone(&worker),
    };
    (
        queue,
        Drain {
            chunks: receiver,
            waiting,
            worker,
        },
    )
}

impl Queue {
    /// Puts a chunk in, or gives it back and says why; true when the worker is to be woken.
    pub(crate) fn offer(&self, handed: Handed) -> Result<bool, (Count, Handed)> {
        let (spans, cells) = (handed.spans, handed.chunk.written());
        if spans == 0 {
            return Ok(false);
        }
        let Some(before) = self.waiting.add(spans, cells, self.max_spans) else {
            return Err((Count::QueueFull, handed));
        };
        if let Err(error) = self.chunks.try_send(handed) {
            self.waiting.remove(spans, cells);
            return Err(match error {
                TrySendError::Full(handed) => (Count::QueueFull, handed),
                TrySendError::Disconnected(handed) => (Count::Shutdown, handed),
            });
        }
        // Below that the worker's own schedule is soon enough, and waking it is a system call.
        Ok(before < self.wake_at && before + spans >= self.wake_at)
    }

    /// How many spans wait.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.spans.load(Ordering::Acquire)
    }

    /// The largest chunk that an empty queue takes.
    pub(crate) fn max_spans(&self) -> usize {
        self.max_spans
    }

    /// Wakes the worker, if it sleeps.
    pub(crate) fn wake(&self) {
        if let Some(worker) = self.worker.get() {
            worker.unpark();
        }
    }
}

impl Waiting {
    /// Counts a chunk in, if there is room, and returns how many spans waited before.
    fn add(&self, spans: usize, cells: usize, max_spans: usize) -> Option<usize> {
        let fits = |sum: &usize| *sum <= max_spans;
        let grown = |before: usize| before.checked_add(spans).filter(fits);
        let before = self
            .spans
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, grown)
            .ok()?;
        let waited = self.cells.fetch_add(cells, Ordering::AcqRel);
        // A single chunk always fits: the largest span is larger than the share of a small queue.
        let limit = max_spans.saturating_mul(CELLS_PER_SPAN);
        if waited > 0 && waited.saturating_add(cells) > limit {
            self.remove(spans, cells);
            return None;
        }
        Some(before)
    }

    fn remove(&self, spans: usize, cells: usize) {
        self.spans.fetch_sub(spans, Ordering::AcqRel);
        self.cells.fetch_sub(cells, Ordering::AcqRel);
    }
}

impl Drain {
    /// How many spans are waiting, at most: some may have been taken from their chunk already.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.spans.load(Ordering::Acquire)
    }

    /// Takes the next chunk, if there is one.
    pub(crate) fn next(&self) -> Option<Handed> {
        let handed = self.chunks.try_recv().ok()?;
        self.waiting.remove(handed.spans, handed.chunk.written());
        Some(handed)
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
