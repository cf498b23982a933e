//! The memory that a thread writes its finished spans into, record after record, while the worker may read.
//!
//! It consists of cells, which are atomic 64-bit integers (ADR 009 calls them words). The thread writes them with plain
//! stores and then publishes how far it came; the worker takes what was published, also of a thread that sleeps. Neither
//! waits for the other, and no instruction is locked on the thread's side. A taker moves `taken` forward atomically, so of
//! two takers each cell belongs to one. When the thread has filled its chunk it hands it over through the queue and lets
//! go of it; once the worker has read it too nobody holds it, and it is written again.

use crate::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use crate::sync::{Arc, Mutex};

use super::sizes::{CELLS, FIRST_CELLS, MOST_SPARE};

#[derive(Debug)]
pub(crate) struct Chunk {
    cells: Box<[AtomicU64]>,
    /// Cells written and published; the thread's.
    written: AtomicUsize,
    /// Cells that somebody has taken to account for.
    taken: AtomicUsize,
    /// It lies in the queue, where its spans are counted: whoever looks at it where its thread shows it leaves it alone, or
    /// they would be counted twice.
    queued: AtomicBool,
}

impl Chunk {
    pub(crate) fn with_cells(cells: usize) -> Arc<Self> {
        Arc::new(Self {
            cells: (0..cells).map(|_| AtomicU64::new(0)).collect(),
            written: AtomicUsize::new(0),
            taken: AtomicUsize::new(0),
            queued: AtomicBool::new(false),
        })
    }

    /// The `size` cells from `at` on, to be written; none where they do not fit.
    #[inline]
    pub(crate) fn room(&self, at: usize, size: usize) -> Option<&[AtomicU64]> {
        self.cells.get(at..at.checked_add(size)?)
    }

    /// Publishes everything before `end`.
    #[inline]
    pub(crate) fn publish(&self, end: usize) {
        self.written.store(end, Ordering::Release);
    }

    /// Takes what was written and nobody has taken: the cells of whole records. Two takers never get the same.
    pub(crate) fn take(&self) -> &[AtomicU64] {
        let end = self.written.load(Ordering::Acquire);
        let begin = self.taken.fetch_max(end, Ordering::AcqRel);
        self.cells.get(begin..end).unwrap_or_default()
    }

    /// Says that it lies in the queue; after it was put in, so that it is never in neither of the two places.
    pub(crate) fn set_queued(&self) {
        self.queued.store(true, Ordering::Release);
    }

    /// True where it is found in the queue.
    pub(crate) fn is_queued(&self) -> bool {
        self.queued.load(Ordering::Acquire)
    }

    /// True once somebody has taken something.
    pub(crate) fn is_begun(&self) -> bool {
        self.taken.load(Ordering::Acquire) > 0
    }

    /// What was written and nobody has taken, left where it is.
    pub(crate) fn untaken(&self) -> &[AtomicU64] {
        let end = self.written.load(Ordering::Acquire);
        let begin = self.taken.load(Ordering::Acquire);
        self.cells.get(begin..end).unwrap_or_default()
    }

    /// Cells written, taken or not.
    pub(crate) fn written(&self) -> usize {
        self.written.load(Ordering::Acquire)
    }
}

/// Chunks that were read and can be written again. Where somebody else is at them a chunk is made anew, or let go of: nobody
/// waits. (A queue without a lock is no better: who takes the only spare would wait for who is putting it in.)
#[derive(Debug, Default)]
pub(crate) struct Spares(Mutex<Vec<Arc<Chunk>>>);

impl Spares {
    /// A chunk of `size` cells at least; `before` is the size of the thread's last one, and more than `most` is not needed.
    pub(crate) fn get(&self, before: usize, most: usize, size: usize) -> Arc<Chunk> {
        let most = most.clamp(FIRST_CELLS, CELLS);
        let wanted = (before * 2).clamp(FIRST_CELLS, most).max(size);
        if wanted == CELLS
            && let Ok(mut spares) = self.0.try_lock()
            && let Some(spare) = spares.pop()
        {
            return spare;
        }
        Chunk::with_cells(wanted)
    }

    /// Takes back a chunk that its thread has let go of, if it is a usual one.
    pub(crate) fn put(&self, mut chunk: Arc<Chunk>) {
        let Some(alone) = Arc::get_mut(&mut chunk) else {
            return;
        };
        if alone.cells.len() != CELLS {
            return;
        }
        alone.written.store(0, Ordering::Relaxed);
        alone.taken.store(0, Ordering::Relaxed);
        alone.queued.store(false, Ordering::Relaxed);
        if let Ok(mut spares) = self.0.try_lock()
            && spares.len() < MOST_SPARE
        {
            spares.push(chunk);
        }
    }
}

#[cfg(test)]
impl Spares {
    /// Does some work while somebody else is at them.
    pub(crate) fn while_locked<R>(&self, work: impl FnOnce() -> R) -> R {
        let _held = self.0.lock();
        work()
    }
}

impl Chunk {
    pub(crate) fn size(&self) -> usize {
        self.cells.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(chunk: &Chunk, at: usize, cells: &[u64]) {
        let room = chunk.room(at, cells.len()).unwrap();
        for (slot, cell) in room.iter().zip(cells) {
            slot.store(*cell, Ordering::Relaxed);
        }
        chunk.publish(at + cells.len());
    }

    fn taken(chunk: &Chunk) -> Vec<u64> {
        let cells = chunk.take().iter();
        cells.map(|cell| cell.load(Ordering::Relaxed)).collect()
    }

    #[test]
    fn what_is_published_is_taken_once() {
        let chunk = Chunk::with_cells(8);
        assert!(taken(&chunk).is_empty());
        write(&chunk, 0, &[1, 2, 3]);
        assert_eq!(taken(&chunk), [1, 2, 3]);
        assert!(taken(&chunk).is_empty());
        write(&chunk, 3, &[4]);
        assert_eq!(taken(&chunk), [4]);
        assert!(chunk.room(4, 5).is_none() && chunk.room(usize::MAX, 2).is_none());
    }

    #[test]
    fn two_takers_share_what_a_writer_writes_meanwhile() {
        const COUNT: u64 = if cfg!(miri) { 300 } else { 200_000 };
        let chunk = Chunk::with_cells(COUNT as usize);
        let done = std::sync::atomic::AtomicBool::new(false);
        let take_all = || {
            let mut all = Vec::new();
            loop {
                let last = done.load(Ordering::SeqCst);
                all.extend(taken(&chunk));
                if last {
                    return all;
                }
            }
        };
        let mut all = std::thread::scope(|scope| {
            let takers = [scope.spawn(take_all), scope.spawn(take_all)];
            for at in 0..COUNT {
                write(&chunk, at as usize, &[at]);
            }
            done.store(true, Ordering::SeqCst);
            takers.map(|taker| taker.join().unwrap()).concat()
        });
        all.sort_unstable();
        assert!(all.iter().copied().eq(0..COUNT));
    }

    #[test]
    fn a_chunk_is_used_again_when_nobody_holds_it() {
        let spares = Spares::default();
        let held = Chunk::with_cells(CELLS);
        write(&held, 0, &[7]);
        spares.put(Arc::clone(&held));
        assert!(!Arc::ptr_eq(&spares.get(CELLS, CELLS, 1), &held));
        let address = Arc::as_ptr(&held);
        spares.put(held);
        let again = spares.get(CELLS, CELLS, 1);
        assert_eq!(Arc::as_ptr(&again), address);
        assert!(again.written() == 0 && again.take().is_empty());
    }

    #[test]
    fn no_more_than_some_wait_to_be_used_again() {
        let spares = Spares::default();
        for _ in 0..MOST_SPARE + 10 {
            spares.put(Chunk::with_cells(CELLS));
        }
        assert_eq!(spares.0.lock().unwrap().len(), MOST_SPARE);
        spares.put(Chunk::with_cells(CELLS * 2));
        spares.put(Chunk::with_cells(FIRST_CELLS));
        let sizes = std::iter::from_fn(|| Some(spares.0.lock().ok()?.pop()?.size()));
        assert_eq!(sizes.filter(|size| *size == CELLS).count(), MOST_SPARE);
    }

    #[test]
    fn what_is_left_where_it_is_can_be_taken() {
        let chunk = Chunk::with_cells(8);
        write(&chunk, 0, &[1, 2]);
        assert_eq!((chunk.untaken().len(), chunk.untaken().len()), (2, 2));
        chunk.take();
        write(&chunk, 2, &[3]);
        assert_eq!((chunk.untaken().len(), taken(&chunk)), (1, vec![3]));
        assert!(chunk.untaken().is_empty());
    }

    #[test]
    fn a_thread_begins_small() {
        let spares = Spares::default();
        let mut before = 0;
        let sizes: Vec<usize> = (0..7)
            .map(|_| {
                before = spares.get(before, CELLS, 1).size();
                before
            })
            .collect();
        assert_eq!(sizes, [128, 256, 512, 1_024, 2_048, 4_096, 4_096]);
        assert_eq!(spares.get(0, CELLS, 100_000).size(), 100_000);
    }
}
