//! The end of a pipeline: what is handed over after its worker has ended is taken by who handed it over.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering, fence};

use super::queue::{Drain, Handed};
use crate::fork;

/// Whether the worker has ended, and its end of the queue once it has.
#[derive(Debug, Default)]
pub(super) struct End {
    has_come: AtomicBool,
    drain: Mutex<Option<Drain>>,
}

impl End {
    /// The worker ends, and leaves its end of the queue here.
    pub(super) fn come(&self, drain: Drain) {
        if let Some(mut left) = fork::lock(&self.drain) {
            *left = Some(drain);
        }
        self.has_come.store(true, Ordering::SeqCst);
        fence(Ordering::SeqCst);
    }

    /// To be asked after a chunk was put into the queue: either this sees that the worker has ended, or the worker's last
    /// look sees the chunk.
    pub(super) fn has_come(&self) -> bool {
        fence(Ordering::SeqCst);
        self.has_come.load(Ordering::SeqCst)
    }

    /// Takes what is left in the queue.
    pub(super) fn next(&self) -> Option<Handed> {
        fork::lock(&self.drain)?.as_ref()?.next()
    }
}
