//! What one thread keeps for one pipeline: its ledger and its buffer of finished spans.

use std::sync::{Arc, Mutex, TryLockError};

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
}

impl Local {
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
        if let Err((reason, refused)) = self.pipeline.queue.offer(chunk) {
            self.ledger().count(Count::Settled, refused);
            self.ledger().count(reason, refused);
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.hand_over_all();
        self.pipeline.detach(&self.local);
    }
}
