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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(places: &Shown) -> usize {
        let mut count = 0;
        places.each(|_| count += 1);
        count
    }

    #[test]
    fn one_chunk_is_shown_or_none_whichever_place_was_being_read_before() {
        for place in 0..2 {
            let places = Shown::default();
            places.while_read(place, || places.set(Some(Chunk::with_cells(1))));
            assert_eq!(shown(&places), 1);
            places.set(Some(Chunk::with_cells(1)));
            assert_eq!(shown(&places), 1);
            places.set(None);
            assert_eq!(shown(&places), 0);
        }
    }

    #[test]
    fn a_chunk_that_cannot_be_shown_at_once_is_shown_when_one_place_is_free() {
        let places = Shown::default();
        let held = places.0.each_ref().map(|place| place.lock().unwrap());
        std::thread::scope(|scope| {
            let thread = scope.spawn(|| places.set(Some(Chunk::with_cells(1))));
            drop(held);
            thread.join().unwrap();
        });
        assert_eq!(shown(&places), 1);
    }
}
