//! What one thread shares with the worker, for one pipeline: its counts, its chunk, and the ages of its spans.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use super::ages::Ages;
use super::ledger::Ledger;
use super::shown::Shown;
use crate::record::chunk::Chunk;
use crate::record::clock::Tick;
use crate::record::span_codec;

/// The part of a thread's session that the worker may reach: it reads the chunks of threads that sleep or wait.
#[derive(Debug, Default)]
pub(crate) struct Local {
    pub(crate) ledger: Ledger,
    /// What the thread writes into.
    chunk: Shown,
    /// Where it is in the list of threads; for who holds the list.
    pub(super) place: AtomicUsize,
    /// The start of the oldest span on the thread's stack, and one more; 0 where there is none.
    oldest: AtomicU64,
    /// The spans that futures hold; made when the first one does.
    suspended: OnceLock<Box<Ages>>,
}

impl Local {
    /// What the thread writes into, and perhaps what it wrote into before.
    pub(crate) fn chunks(&self, look: impl FnMut(Arc<Chunk>)) {
        self.chunk.each(look);
    }

    /// The same without what lies in the queue already.
    pub(super) fn chunks_here(&self, mut look: impl FnMut(Arc<Chunk>)) {
        self.chunks(|chunk| {
            if !chunk.is_queued() {
                look(chunk);
            }
        });
    }

    /// The finished spans that lie there and nobody has taken.
    pub(super) fn untaken(&self) -> u64 {
        let mut untaken = 0;
        self.chunks_here(|chunk| untaken += span_codec::count(chunk.untaken()));
        untaken
    }

    pub(crate) fn set_chunk(&self, chunk: Option<Arc<Chunk>>) {
        self.chunk.set(chunk);
    }

    /// The start of the oldest span on the thread's stack.
    pub(crate) fn oldest(&self) -> Option<Tick> {
        let oldest = self.oldest.load(Ordering::Relaxed).checked_sub(1)?;
        Some(Tick::from_raw(oldest))
    }

    pub(crate) fn set_oldest(&self, start: Option<Tick>) {
        let oldest = start.map_or(0, |start| start.raw() + 1);
        self.oldest.store(oldest, Ordering::Relaxed);
    }

    /// The ages of the spans that futures hold, if any did.
    pub(crate) fn suspended(&self) -> Option<&Ages> {
        self.suspended.get().map(|ages| &**ages)
    }

    /// Counts a span that a future holds in (1) or out (-1).
    pub(crate) fn count_suspended(&self, start: Tick, by: i64) {
        self.suspended.get_or_init(Box::default).count(start, by);
    }

    #[cfg(test)]
    pub(crate) fn while_shown_is_read<R>(&self, place: usize, work: impl FnOnce() -> R) -> R {
        self.chunk.while_read(place, work)
    }
}
