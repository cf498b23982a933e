//! The bounded queue between callers and the worker: never blocks, never grows beyond its limit.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread::Thread;

use crate::record::finished::Finished;
use crate::record::ledger::Count;

/// A chunk of finished spans, as a thread hands it over.
pub(crate) type Chunk = Vec<Finished>;

/// The caller's end.
#[derive(Debug)]
pub(crate) struct Queue {
    chunks: SyncSender<Chunk>,
    /// Spans in the channel; shared with the worker's end.
    waiting: Arc<AtomicUsize>,
    max_spans: usize,
    wake_at: usize,
    worker: Arc<OnceLock<Thread>>,
}

/// The worker's end.
#[derive(Debug)]
pub(crate) struct Drain {
    chunks: Receiver<Chunk>,
    waiting: Arc<AtomicUsize>,
    pub(crate) worker: Arc<OnceLock<Thread>>,
}

/// A queue of at most `max_spans` spans, whose worker is woken when `wake_at` are waiting.
pub(crate) fn bounded(max_spans: usize, wake_at: usize) -> (Queue, Drain) {
    // A chunk holds at least one span, so as many places suffice; the cap keeps an absurd setting from allocating.
    let (sender, receiver) = sync_channel(max_spans.clamp(1, 8 * 1024));
    let waiting = Arc::new(AtomicUsize::new(0));
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
    /// Puts a chunk in, or says why not and how many spans are lost with it; true when the worker is to be woken.
    pub(crate) fn offer(&self, chunk: Chunk) -> Result<bool, (Count, u64)> {
        let spans = chunk.len();
        if spans == 0 {
            return Ok(false);
        }
        let fits = |waiting: usize| {
            waiting
                .checked_add(spans)
                .filter(|sum| *sum <= self.max_spans)
        };
        let Ok(before) = self
            .waiting
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, fits)
        else {
            return Err((Count::QueueFull, spans as u64));
        };
        if let Err(error) = self.chunks.try_send(chunk) {
            self.waiting.fetch_sub(spans, Ordering::AcqRel);
            let reason = match error {
                TrySendError::Full(_) => Count::QueueFull,
                TrySendError::Disconnected(_) => Count::Shutdown,
            };
            return Err((reason, spans as u64));
        }
        // Below that the worker's own schedule is soon enough, and waking it is a system call.
        Ok(before < self.wake_at && before + spans >= self.wake_at)
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

impl Drain {
    /// How many spans are waiting.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Acquire)
    }

    /// Takes the next chunk, if there is one.
    pub(crate) fn next(&self) -> Option<Chunk> {
        let chunk = self.chunks.try_recv().ok()?;
        self.waiting.fetch_sub(chunk.len(), Ordering::AcqRel);
        Some(chunk)
    }
}
