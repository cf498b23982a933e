//! What one thread keeps for one pipeline: its ledger and its buffer of finished spans.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, TryLockError};

use super::ages::Ages;
use super::clock::Tick;
use super::finished::Finished;
use super::ledger::{Count, Ledger};
use crate::pipeline::Pipeline;

/// Finished spans are handed over in chunks of this many, or of as many as the queue takes.
const CHUNK: usize = 256;

/// The part that the worker may reach: it takes the buffers of threads that sleep or wait.
#[derive(Debug, Default)]
pub(crate) struct Local {
    pub(crate) ledger: Ledger,
    buffer: Mutex<Vec<Finished>>,
    /// The start of the oldest span on the thread's stack, in nanoseconds and one more; 0 where there is none.
    oldest: AtomicU64,
    /// The spans that futures keep; made when the first one does.
    kept: OnceLock<Box<Ages>>,
}

impl Local {
    /// The start of the oldest span on the thread's stack.
    pub(crate) fn oldest(&self) -> Option<Tick> {
        let oldest = self.oldest.load(Ordering::Relaxed).checked_sub(1)?;
        Some(Tick::from_nanoseconds(oldest))
    }

    pub(super) fn set_oldest(&self, start: Option<Tick>) {
        let oldest = start.map_or(0, |start| start.nanoseconds() + 1);
        self.oldest.store(oldest, Ordering::Relaxed);
    }

    /// The ages of the spans that futures keep, if any did.
    pub(crate) fn kept(&self) -> Option<&Ages> {
        self.kept.get().map(|ages| &**ages)
    }

    /// Counts a span that a future keeps in (1) or out (-1).
    pub(super) fn count_kept(&self, start: Tick, by: i64) {
        self.kept.get_or_init(Box::default).count(start, by);
    }

    /// Takes what the thread has finished so far.
    pub(crate) fn take(&self) -> Vec<Finished> {
        // Nothing panics while it holds this lock; should it be poisoned all the same, the spans are whole.
        let mut buffer = self
            .buffer
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        std::mem::take(&mut *buffer)
    }
}

/// A thread's attachment to a pipeline.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) pipeline: Arc<Pipeline>,
    local: Arc<Local>,
    /// How many spans are handed over at once.
    chunk: usize,
}

impl Session {
    pub(super) fn attach(pipeline: Arc<Pipeline>) -> Self {
        let local = Arc::new(Local::default());
        pipeline.attach(Arc::clone(&local));
        let chunk = CHUNK.min(pipeline.queue.max_spans());
        Self {
            pipeline,
            local,
            chunk,
        }
    }

    pub(super) fn local(&self) -> &Local {
        &self.local
    }

    pub(super) fn ledger(&self) -> &Ledger {
        &self.local.ledger
    }

    /// Puts a finished span into the buffer; `thread_is_idle` says that no other span is open here.
    pub(super) fn finish(&mut self, span: Finished, thread_is_idle: bool) {
        self.ledger().count(Count::Queued, 1);
        let mut buffer = match self.local.buffer.try_lock() {
            Ok(buffer) => buffer,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            // The worker is taking the buffer; the thread does not wait for it.
            Err(TryLockError::WouldBlock) => return self.hand_over(vec![span]),
        };
        buffer.push(span);
        if thread_is_idle || buffer.len() >= self.chunk {
            let chunk = std::mem::take(&mut *buffer);
            drop(buffer);
            self.hand_over(chunk);
        }
    }

    /// Hands everything over, as a flush or the end of the thread demands.
    pub(super) fn hand_over_all(&mut self) {
        self.hand_over(self.local.take());
    }

    fn hand_over(&self, chunk: Vec<Finished>) {
        match self.pipeline.queue.offer(chunk) {
            Ok(true) => self.pipeline.wake(),
            Ok(false) => {}
            Err((reason, refused)) => {
                self.ledger().count(Count::Settled, refused);
                self.ledger().count(reason, refused);
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.hand_over_all();
        self.pipeline.detach(&self.local);
    }
}
