//! A thread that records, as the runtime's `thread::session` does it; a record is one cell.

use crate::pipeline::ledger::Count;
use crate::pipeline::queue::{Handed, Queue};
use crate::pipeline::shown::Shown;
use crate::record::chunk::{Chunk, Spares};
use crate::sync::Arc;
use crate::sync::atomic::{AtomicBool, Ordering};

/// What a thread shares with the worker.
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(crate) queue: Queue,
    pub(crate) spares: Spares,
    pub(crate) shown: Shown,
    pub(crate) closed: AtomicBool,
}

impl Pipeline {
    pub(crate) fn new(queue: Queue) -> Arc<Self> {
        Arc::new(Self {
            queue,
            spares: Spares::default(),
            shown: Shown::default(),
            closed: AtomicBool::new(false),
        })
    }

    /// As the runtime's `Pipeline::offer`.
    fn offer(&self, handed: Handed, lost: &mut Vec<u64>) -> Result<(), (Count, Handed)> {
        self.queue.offer(handed)?;
        if self.queue.has_ended() {
            lost.extend(self.drop_left());
        }
        Ok(())
    }

    /// As the runtime's `Pipeline::drop_left`; returns what was dropped.
    pub(crate) fn drop_left(&self) -> Vec<u64> {
        let left = std::iter::from_fn(|| self.queue.next_left());
        left.flat_map(|handed| values(handed.chunk.take()))
            .collect()
    }
}

/// The records among cells.
pub(crate) fn values(cells: &[crate::sync::atomic::AtomicU64]) -> Vec<u64> {
    let cells = cells.iter();
    cells.map(|cell| cell.load(Ordering::Relaxed)).collect()
}

/// A thread's session.
#[derive(Debug)]
pub(crate) struct Caller {
    pipeline: Arc<Pipeline>,
    chunk: Option<Arc<Chunk>>,
    used: usize,
    before: usize,
    /// What it dropped.
    pub(crate) lost: Vec<u64>,
}

impl Caller {
    pub(crate) fn new(pipeline: &Arc<Pipeline>) -> Self {
        Self {
            pipeline: Arc::clone(pipeline),
            chunk: None,
            used: 0,
            before: 2,
            lost: Vec::new(),
        }
    }

    /// Ends a span.
    pub(crate) fn finish(&mut self, record: u64) {
        if self.pipeline.closed.load(Ordering::SeqCst) {
            self.lost.push(record);
            return;
        }
        if !self.write(record) {
            self.next_chunk();
            assert!(self.write(record));
        }
        if self.pipeline.closed.load(Ordering::SeqCst) {
            self.hand_over();
        }
    }

    fn write(&mut self, record: u64) -> bool {
        let Some(chunk) = &self.chunk else {
            return false;
        };
        let Some([cell]) = chunk.room(self.used, 1) else {
            return false;
        };
        cell.store(record, Ordering::Relaxed);
        self.used += 1;
        chunk.publish(self.used);
        true
    }

    fn next_chunk(&mut self) {
        self.hand_over();
        let chunk = self.pipeline.spares.get(self.before, 2, 1);
        self.before = chunk.size();
        self.pipeline.shown.set(Some(Arc::clone(&chunk)));
        self.chunk = Some(chunk);
    }

    /// Hands over what is written.
    pub(crate) fn hand_over(&mut self) {
        let Some(chunk) = self.chunk.take() else {
            return;
        };
        let mut spans = std::mem::take(&mut self.used);
        if chunk.is_begun() {
            spans = chunk.untaken().len();
        }
        let given_back = if spans == 0 {
            Some(chunk)
        } else {
            let offered = self.pipeline.offer(Handed { chunk, spans }, &mut self.lost);
            offered.err().map(|(_, handed)| handed.chunk)
        };
        self.pipeline.shown.set(None);
        if let Some(chunk) = given_back {
            self.lost.extend(values(chunk.take()));
            self.pipeline.spares.put(chunk);
        }
    }
}
