//! The memory that a thread writes its finished spans into, record after record, while the worker may read.
//!
//! It consists of atomic words: the thread writes them with plain stores and then publishes how far it came, and the
//! worker reads what was published, also of a thread that sleeps. Neither waits for the other, and no instruction is
//! locked on the thread's side (ADR 009).

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::fork;

/// The words of a usual chunk, 32 KiB; a thread's first ones are smaller.
const WORDS: usize = 4_096;
const FIRST_WORDS: usize = 128;
/// Chunks that wait to be used again.
const MOST_SPARE: usize = 64;

#[derive(Debug)]
pub(crate) struct Chunk {
    words: Box<[AtomicU64]>,
    /// Words written and published; the thread's.
    written: AtomicUsize,
    /// Words that somebody has taken to account for.
    taken: AtomicUsize,
}

impl Chunk {
    pub(crate) fn with_words(words: usize) -> Arc<Self> {
        Arc::new(Self {
            words: (0..words).map(|_| AtomicU64::new(0)).collect(),
            written: AtomicUsize::new(0),
            taken: AtomicUsize::new(0),
        })
    }

    /// The `size` words from `at` on, to be written; none where they do not fit.
    #[inline]
    pub(super) fn room(&self, at: usize, size: usize) -> Option<&[AtomicU64]> {
        self.words.get(at..at.checked_add(size)?)
    }

    /// Publishes everything before `end`.
    #[inline]
    pub(crate) fn publish(&self, end: usize) {
        self.written.store(end, Ordering::Release);
    }

    /// Takes what was written and nobody has taken: the words of whole records. Two takers never get the same.
    pub(crate) fn take(&self) -> &[AtomicU64] {
        let end = self.written.load(Ordering::Acquire);
        let begin = self.taken.fetch_max(end, Ordering::AcqRel);
        self.words.get(begin..end).unwrap_or_default()
    }

    /// Words written, taken or not.
    pub(crate) fn written(&self) -> usize {
        self.written.load(Ordering::Acquire)
    }
}

/// Chunks that were read and can be written again.
#[derive(Debug, Default)]
pub(crate) struct Spares(Mutex<Vec<Arc<Chunk>>>);

impl Spares {
    /// A chunk of `size` words at least; `before` is the size of the thread's last one, and more than `most` is not needed.
    pub(super) fn get(&self, before: usize, most: usize, size: usize) -> Arc<Chunk> {
        let most = most.clamp(FIRST_WORDS, WORDS);
        let wanted = (before * 2).clamp(FIRST_WORDS, most).max(size);
        if wanted == WORDS
            && let Ok(mut spares) = self.0.try_lock()
            && let Some(spare) = spares.pop()
        {
            return spare;
        }
        Chunk::with_words(wanted)
    }

    /// Takes back a chunk that its thread has let go of, if it is a usual one.
    pub(crate) fn put(&self, mut chunk: Arc<Chunk>) {
        let Some(alone) = Arc::get_mut(&mut chunk) else {
            return;
        };
        if alone.words.len() != WORDS {
            return;
        }
        *alone.written.get_mut() = 0;
        *alone.taken.get_mut() = 0;
        if let Some(mut spares) = fork::lock(&self.0)
            && spares.len() < MOST_SPARE
        {
            spares.push(chunk);
        }
    }
}

impl Chunk {
    pub(super) fn size(&self) -> usize {
        self.words.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(chunk: &Chunk, at: usize, words: &[u64]) {
        let room = chunk.room(at, words.len()).unwrap();
        for (slot, word) in room.iter().zip(words) {
            slot.store(*word, Ordering::Relaxed);
        }
        chunk.publish(at + words.len());
    }

    fn taken(chunk: &Chunk) -> Vec<u64> {
        let words = chunk.take().iter();
        words.map(|word| word.load(Ordering::Relaxed)).collect()
    }

    #[test]
    fn what_is_published_is_taken_once() {
        let chunk = Chunk::with_words(8);
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
        const COUNT: u64 = 200_000;
        let chunk = Chunk::with_words(COUNT as usize);
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
        let held = Chunk::with_words(WORDS);
        write(&held, 0, &[7]);
        spares.put(Arc::clone(&held));
        assert!(!Arc::ptr_eq(&spares.get(WORDS, WORDS, 1), &held));
        let place = Arc::as_ptr(&held);
        spares.put(held);
        let again = spares.get(WORDS, WORDS, 1);
        assert_eq!(Arc::as_ptr(&again), place);
        assert!(again.written() == 0 && again.take().is_empty());
    }

    #[test]
    fn a_thread_begins_small() {
        let spares = Spares::default();
        let mut before = 0;
        let sizes: Vec<usize> = (0..7)
            .map(|_| {
                before = spares.get(before, WORDS, 1).size();
                before
            })
            .collect();
        assert_eq!(sizes, [128, 256, 512, 1_024, 2_048, 4_096, 4_096]);
        assert_eq!(spares.get(0, WORDS, 100_000).size(), 100_000);
    }
}
