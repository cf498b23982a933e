//! What one thread keeps for one pipeline: its ledger, and the chunk that it writes finished spans into.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use super::ages::Ages;
use super::chunk::Chunk;
use super::clock::{self, Tick};
use super::encode;
use super::intern::Numbers;
use super::ledger::{Count, Ledger};
use super::open::{Extra, OpenSpan};
use crate::export::queue::{Handed, WORDS_PER_SPAN};
use crate::fork;
use crate::pipeline::Pipeline;

/// A chunk is handed over when it holds this many spans, or as many as the queue takes, or is full.
const SPANS: usize = 256;

/// The part that the worker may reach: it reads the chunks of threads that sleep or wait.
#[derive(Debug, Default)]
pub(crate) struct Local {
    pub(crate) ledger: Ledger,
    /// What the thread writes into; locked to exchange it and by the worker, never to write a span.
    chunk: Mutex<Option<Arc<Chunk>>>,
    /// The start of the oldest span on the thread's stack, and one more; 0 where there is none.
    oldest: AtomicU64,
    /// The spans that futures keep; made when the first one does.
    kept: OnceLock<Box<Ages>>,
}

impl Local {
    /// The chunk that the thread writes into.
    pub(crate) fn chunk(&self) -> Option<Arc<Chunk>> {
        fork::lock(&self.chunk)?.clone()
    }

    fn set_chunk(&self, chunk: Option<Arc<Chunk>>) {
        if let Some(mut place) = fork::lock(&self.chunk) {
            *place = chunk;
        }
    }

    /// The start of the oldest span on the thread's stack.
    pub(crate) fn oldest(&self) -> Option<Tick> {
        let oldest = self.oldest.load(Ordering::Relaxed).checked_sub(1)?;
        Some(Tick::from_raw(oldest))
    }

    pub(super) fn set_oldest(&self, start: Option<Tick>) {
        let oldest = start.map_or(0, |start| start.raw() + 1);
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
}

/// A thread's attachment to a pipeline.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) id: u32,
    pub(super) pipeline: Arc<Pipeline>,
    local: Arc<Local>,
    /// What is written into, and how far it is.
    chunk: Option<Arc<Chunk>>,
    used: usize,
    spans: usize,
    /// The size of the last chunk.
    before: usize,
    /// How many spans are handed over at once.
    limit: usize,
}

impl Session {
    pub(super) fn attach(pipeline: Arc<Pipeline>) -> Self {
        let local = Arc::new(Local::default());
        pipeline.attach(Arc::clone(&local));
        let limit = SPANS.min(pipeline.queue.max_spans());
        Self {
            id: pipeline.id,
            pipeline,
            local,
            chunk: None,
            used: 0,
            spans: 0,
            before: 0,
            limit,
        }
    }

    #[inline]
    pub(super) fn local(&self) -> &Local {
        &self.local
    }

    #[inline]
    pub(super) fn ledger(&self) -> &Ledger {
        &self.local.ledger
    }

    /// Ends a span now; `values` are its encoded attributes.
    #[inline]
    pub(super) fn finish(&mut self, span: &OpenSpan, values: &[u64], numbers: &mut Numbers) {
        let end = clock::now();
        match &span.extra {
            None => self.write(span, values, &[], end, numbers),
            Some(extra) => self.finish_with(span, extra, values, end, numbers),
        }
    }

    #[cold]
    fn finish_with(
        &mut self,
        span: &OpenSpan,
        extra: &Extra,
        values: &[u64],
        end: Tick,
        numbers: &mut Numbers,
    ) {
        let words = encode::extra_words(extra, numbers);
        let values = if extra.values.is_empty() {
            values
        } else {
            &extra.values
        };
        self.write(span, values, &words, end, numbers);
    }

    #[inline]
    fn write(
        &mut self,
        span: &OpenSpan,
        values: &[u64],
        extra: &[u64],
        end: Tick,
        numbers: &mut Numbers,
    ) {
        let size = encode::HEADER + values.len() + extra.len();
        self.ledger().count(Count::Queued, 1);
        if self.write_into(size, |room| {
            encode::write(span, values, extra, end, numbers, room);
        }) {
            return;
        }
        self.next_chunk(size);
        self.write_into(size, |room| {
            encode::write(span, values, extra, end, numbers, room);
        });
    }

    /// Writes into the chunk that there is; false where it has not so much room.
    #[inline]
    fn write_into(&mut self, size: usize, write: impl FnOnce(&[AtomicU64])) -> bool {
        let Some(chunk) = &self.chunk else {
            return false;
        };
        let Some(room) = chunk.room(self.used, size) else {
            return false;
        };
        write(room);
        self.used += size;
        self.spans += 1;
        chunk.publish(self.used);
        if self.spans >= self.limit {
            self.hand_over();
        }
        true
    }

    /// Hands over what is written so far, and makes room for a record of `size` words.
    #[cold]
    fn next_chunk(&mut self, size: usize) {
        self.hand_over();
        let chunk = self
            .pipeline
            .spares
            .get(self.before, self.limit * WORDS_PER_SPAN, size);
        self.before = chunk.size();
        self.local.set_chunk(Some(Arc::clone(&chunk)));
        self.chunk = Some(chunk);
    }

    /// Hands the chunk over, because it is full or its thread ends.
    #[cold]
    pub(super) fn hand_over(&mut self) {
        let Some(chunk) = self.chunk.take() else {
            return;
        };
        let spans = std::mem::take(&mut self.spans);
        self.used = 0;
        let refused = match self.pipeline.queue.offer(Handed { chunk, spans }) {
            Ok(wakes) => {
                if wakes {
                    self.pipeline.wake();
                }
                None
            }
            Err((reason, refused)) => {
                // The worker may have read a part of it already.
                let lost = encode::count(refused.chunk.take());
                Some((reason, lost, refused.chunk))
            }
        };
        self.local.set_chunk(None);
        if let Some((reason, lost, chunk)) = refused {
            self.pipeline.spares.put(chunk);
            self.ledger().count(Count::Settled, lost);
            self.ledger().count(reason, lost);
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.hand_over();
        self.pipeline.detach(&self.local);
    }
}
