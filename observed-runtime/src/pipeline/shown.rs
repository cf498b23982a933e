//! Where a thread shows the chunk that it writes into, so that the worker reads it although its thread sleeps.
//!
//! There are two places. Who reads locks one of them at a time, and may lose the processor while it does; the thread then
//! takes the other place. So it never waits for the worker: both places are locked only where the worker and somebody who
//! asks for the account look at once, and of these two only the worker can be kept waiting for long.

use crate::fork;
use crate::record::chunk::Chunk;
use crate::sync::{Arc, Mutex, yield_now};

#[derive(Debug, Default)]
pub(crate) struct Shown([Mutex<Option<Arc<Chunk>>>; 2]);

impl Shown {
    /// Shows a chunk in place of the one before, or none. For the chunk's own thread.
    ///
    /// A chunk that is not shown any more may be found for a while longer: it is in the queue then, and nothing in it is taken
    /// twice.
    pub(crate) fn set(&self, chunk: Option<Arc<Chunk>>) {
        let mut chunk = chunk;
        for place in &self.0 {
            if let Ok(mut place) = place.try_lock() {
                *place = chunk.take();
            }
        }
        // Taken above unless both places were being read.
        while let Some(waits) = chunk.take() {
            if fork::happened() {
                return;
            }
            yield_now();
            chunk = self.show(waits);
        }
    }

    /// Shows a chunk in the first place that is free; gives it back where none is.
    fn show(&self, chunk: Arc<Chunk>) -> Option<Arc<Chunk>> {
        for place in &self.0 {
            if let Ok(mut place) = place.try_lock() {
                *place = Some(chunk);
                return None;
            }
        }
        Some(chunk)
    }

    /// Each chunk that is shown.
    pub(crate) fn each(&self, mut look: impl FnMut(Arc<Chunk>)) {
        for place in &self.0 {
            let shown = fork::lock(place).and_then(|place| place.clone());
            if let Some(chunk) = shown {
                look(chunk);
            }
        }
    }
}

#[cfg(test)]
impl Shown {
    /// Does some work while one of the places is being read.
    pub(crate) fn while_read<R>(&self, place: usize, work: impl FnOnce() -> R) -> R {
        let _held = self.0[place].lock();
        work()
    }
}
