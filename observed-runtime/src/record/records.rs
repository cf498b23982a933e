//! Finished spans as cells, copied out of the chunks that their threads wrote them into.
//!
//! What a thread writes into is atomic and is written again soon; what the worker holds is plain memory of its own, in one
//! piece, so that spans are held, passed on and read without one allocation for each.

use std::sync::atomic::{AtomicU64, Ordering};

/// A buffer that has grown beyond so many cells is let go of when it is emptied.
const MOST_KEPT: usize = 256 * 1024;

/// Records, one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Records {
    cells: Vec<u64>,
    spans: usize,
}

/// Some of them, as many as leave at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'a> {
    cells: &'a [u64],
    pub(crate) spans: usize,
}

impl Records {
    /// Copies what was taken from a chunk.
    #[inline(never)]
    pub(crate) fn copy(&mut self, taken: &[AtomicU64]) {
        let mut rest = taken;
        while let Some(first) = rest.first() {
            let Some((record, after)) = rest.split_at_checked(size(first.load(Ordering::Relaxed)))
            else {
                return;
            };
            let cells = record.iter().map(|cell| cell.load(Ordering::Relaxed));
            self.cells.extend(cells);
            self.spans += 1;
            rest = after;
        }
    }

    /// Adds one record.
    pub(crate) fn push(&mut self, record: &[u64]) {
        self.cells.extend_from_slice(record);
        self.spans += 1;
    }

    /// Adds one record and changes it.
    pub(crate) fn push_changed(&mut self, record: &[u64], change: impl FnOnce(&mut [u64])) {
        let begin = self.cells.len();
        self.push(record);
        change(self.cells.get_mut(begin..).unwrap_or_default());
    }

    pub(crate) fn len(&self) -> usize {
        self.spans
    }

    /// The memory that they take.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(self.cells.as_slice())
    }

    pub(crate) fn clear(&mut self) {
        self.cells.clear();
        if self.cells.capacity() > MOST_KEPT {
            self.cells = Vec::new();
        }
        self.spans = 0;
    }

    /// All of them.
    pub(crate) fn all(&self) -> Part<'_> {
        Part {
            cells: &self.cells,
            spans: self.spans,
        }
    }

    /// All of them in their order, `most` at a time.
    pub(crate) fn parts(&self, most: usize) -> impl Iterator<Item = Part<'_>> {
        let mut left = self.all();
        std::iter::from_fn(move || {
            let part = left.first(most.max(1));
            left = Part {
                cells: left.cells.get(part.cells.len()..)?,
                spans: left.spans - part.spans,
            };
            (part.spans > 0).then_some(part)
        })
    }
}

impl<'a> Part<'a> {
    fn first(self, most: usize) -> Self {
        if self.spans <= most {
            return self;
        }
        let cells: usize = self.iter().take(most).map(<[u64]>::len).sum();
        Self {
            cells: self.cells.get(..cells).unwrap_or_default(),
            spans: most,
        }
    }

    /// Each record.
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a [u64]> {
        let mut rest = self.cells;
        std::iter::from_fn(move || {
            let (record, after) = rest.split_at_checked(size(*rest.first()?))?;
            rest = after;
            Some(record)
        })
    }
}

/// How many cells a record has, by its first one.
fn size(first: u64) -> usize {
    (first as u32 as usize).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(sizes: &[u64]) -> Records {
        let mut records = Records::default();
        for size in sizes {
            let cells = (0..*size).map(|at| if at == 0 { *size } else { at });
            records.copy(&cells.map(AtomicU64::new).collect::<Vec<_>>());
        }
        records
    }

    #[test]
    fn parts_are_whole_records_in_their_order_and_no_more_than_asked_for() {
        let records = records(&[3, 9, 1, 4, 2]);
        assert_eq!((records.len(), records.bytes()), (5, 19 * 8));
        let sizes = |part: Part<'_>| part.iter().map(<[u64]>::len).collect::<Vec<_>>();
        let parts: Vec<_> = records.parts(2).map(sizes).collect();
        assert_eq!(parts, [vec![3, 9], vec![1, 4], vec![2]]);
        assert_eq!(records.parts(9).count(), 1);
        assert_eq!(Records::default().parts(2).count(), 0);
    }

    #[test]
    fn a_length_that_leads_nowhere_ends_the_copy() {
        let cells = [2, 7, 0, 90, 1].map(AtomicU64::new);
        let mut records = Records::default();
        records.copy(&cells);
        assert_eq!(
            records.len(),
            2,
            "the second has no length, the third too much"
        );
        records.clear();
        assert_eq!((records.len(), records.bytes()), (0, 0));
    }
}
