//! What waits in the queue, counted before it is put in and after it is taken out.

use crate::sync::atomic::{AtomicUsize, Ordering};

/// The memory of the spans that wait is limited to this many cells for each span that may.
pub(crate) const CELLS_PER_SPAN: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Waiting {
    chunks: AtomicUsize,
    spans: AtomicUsize,
    cells: AtomicUsize,
}

/// The most that may wait.
#[derive(Clone, Copy, Debug)]
pub(super) struct Most {
    pub(super) chunks: usize,
    pub(super) spans: usize,
}

impl Waiting {
    pub(super) fn spans(&self) -> usize {
        self.spans.load(Ordering::Acquire)
    }

    /// Counts a chunk in, if there is room, and returns how many spans waited before.
    pub(super) fn add(&self, spans: usize, cells: usize, most: Most) -> Option<usize> {
        let before = grow(&self.spans, spans, most.spans)?;
        if grow(&self.chunks, 1, most.chunks).is_none() {
            self.spans.fetch_sub(spans, Ordering::AcqRel);
            return None;
        }
        let waited = self.cells.fetch_add(cells, Ordering::AcqRel);
        // A single chunk always fits: the largest span is larger than the share of a small queue.
        let limit = most.spans.saturating_mul(CELLS_PER_SPAN);
        if waited > 0 && waited.saturating_add(cells) > limit {
            self.remove(spans, cells);
            return None;
        }
        Some(before)
    }

    pub(super) fn remove(&self, spans: usize, cells: usize) {
        self.chunks.fetch_sub(1, Ordering::AcqRel);
        self.spans.fetch_sub(spans, Ordering::AcqRel);
        self.cells.fetch_sub(cells, Ordering::AcqRel);
    }
}

/// Adds to a sum that is to be `most` at most, and returns what it was; none where it would be more.
fn grow(sum: &AtomicUsize, by: usize, most: usize) -> Option<usize> {
    let fits = |sum: &usize| *sum <= most;
    let grown = |before: usize| before.checked_add(by).filter(fits);
    sum.fetch_update(Ordering::AcqRel, Ordering::Acquire, grown)
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What waits, by all counts.
    fn counts(waiting: &Waiting) -> [usize; 3] {
        [&waiting.chunks, &waiting.spans, &waiting.cells].map(|count| count.load(Ordering::Relaxed))
    }

    #[test]
    fn what_does_not_fit_by_any_count_is_counted_nowhere() {
        let most = Most {
            chunks: 2,
            spans: 10,
        };
        let waiting = Waiting::default();
        assert_eq!(waiting.add(4, 40, most), Some(0));
        assert_eq!(waiting.add(7, 70, most), None, "too many spans");
        assert_eq!(waiting.add(1, 601, most), None, "too many cells");
        assert_eq!(counts(&waiting), [1, 4, 40]);
        assert_eq!(waiting.add(1, 600, most), Some(4));
        assert_eq!(waiting.add(1, 0, most), None, "too many chunks");
        assert_eq!(counts(&waiting), [2, 5, 640]);
        waiting.remove(4, 40);
        assert_eq!(waiting.add(9, 0, most), Some(1));
        assert_eq!(waiting.add(usize::MAX, 0, most), None);
        assert_eq!(counts(&waiting), [2, 10, 600]);
    }
}
