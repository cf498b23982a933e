//! How old the spans are that futures hold between their polls: counts by the time of their start.
//!
//! A span that is on a thread's stack is found there; one that waits in a future is nowhere to be found. So it is
//! counted under the moment of its start, at four resolutions, and the oldest moment with a count is the answer: to the
//! second for young ones, and for older ones never more than the truth and at least half of it.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::record::clock::Tick;

/// Slots of one level; a level's range is twice the width of a slot of the next one and more, so that a moment that the
/// next one places in its last two slots is not ambiguous here.
const SLOTS: usize = 64;
/// Binary logarithms of the slots' widths in ticks. In nanoseconds: a second, half a minute, a quarter of an hour, ten hours;
/// the counter of a processor is some three times as fast.
const WIDTHS: [u32; 4] = [30, 35, 40, 45];

/// The counts of one thread. A span may end on another thread than it began on, so single counts may be negative.
#[derive(Debug)]
pub(crate) struct Ages([[AtomicI64; SLOTS]; WIDTHS.len()]);

impl Default for Ages {
    fn default() -> Self {
        Self(std::array::from_fn(|_| {
            std::array::from_fn(|_| AtomicI64::new(0))
        }))
    }
}

impl Ages {
    /// Counts a span in (1) or out (-1); for counts that only this thread writes.
    pub(crate) fn count(&self, start: Tick, by: i64) {
        for (level, width) in self.0.iter().zip(WIDTHS) {
            let slot = &level[slot(start, width)];
            slot.store(slot.load(Ordering::Relaxed) + by, Ordering::Relaxed);
        }
    }

    /// Counts a span in or out, where several threads do.
    pub(crate) fn count_shared(&self, start: Tick, by: i64) {
        for (level, width) in self.0.iter().zip(WIDTHS) {
            level[slot(start, width)].fetch_add(by, Ordering::Relaxed);
        }
    }
}

fn slot(at: Tick, width: u32) -> usize {
    (at.raw() >> width) as usize % SLOTS
}

/// The sum over threads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sum([[i64; SLOTS]; WIDTHS.len()]);

impl Default for Sum {
    fn default() -> Self {
        Self([[0; SLOTS]; WIDTHS.len()])
    }
}

impl Sum {
    pub(crate) fn add(&mut self, ages: &Ages) {
        for (sums, counts) in self.0.iter_mut().zip(&ages.0) {
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += count.load(Ordering::Relaxed);
            }
        }
    }

    /// A moment at which the oldest span had begun already.
    pub(crate) fn oldest(&self, now: Tick) -> Option<Tick> {
        for (level, width) in self.0.iter().zip(WIDTHS).rev() {
            let current = now.raw() >> width;
            let back = (0..SLOTS as u64)
                .rev()
                .find(|back| *back <= current && level[(current - back) as usize % SLOTS] > 0)?;
            // In the last two slots of this level the next one tells more.
            if back >= 2 || width == WIDTHS[0] {
                let end = (current - back + 1) << width;
                return Some(Tick::from_raw(end).min(now));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    fn seconds(seconds: u64) -> Tick {
        Tick::from_raw(seconds * SECOND)
    }

    fn oldest(ages: &Ages, now: Tick) -> Option<u64> {
        let mut sum = Sum::default();
        sum.add(ages);
        sum.oldest(now)
            .map(|start| (now.raw() - start.raw()) / SECOND)
    }

    #[test]
    fn the_oldest_of_many_is_found_at_any_age() {
        for age in [0, 3, 50, 100, 1_000, 10_000, 100_000, 1_000_000] {
            for now in [1_000_003, 1_234_567, 1_999_999] {
                let ages = Ages::default();
                for younger in 0..=age.min(500) {
                    ages.count(seconds(now - younger), 1);
                }
                ages.count(seconds(now - age), 1);
                let found = oldest(&ages, seconds(now)).unwrap();
                assert!(found <= age && found + 2 >= age / 2, "{age}: {found}");
            }
        }
    }

    #[test]
    fn what_has_ended_is_forgotten_also_where_it_ended_on_another_thread() {
        let (here, there) = (Ages::default(), Ages::default());
        here.count(seconds(10), 1);
        here.count(seconds(90), 1);
        there.count_shared(seconds(10), -1);
        let mut sum = Sum::default();
        sum.add(&here);
        sum.add(&there);
        let start = sum.oldest(seconds(100)).unwrap();
        assert!(start >= seconds(90), "{start:?}");
        here.count(seconds(90), -1);
        let found = oldest(&here, seconds(100)).unwrap();
        assert!(
            (45..=90).contains(&found),
            "{found}: it was counted out elsewhere"
        );
    }

    #[test]
    fn nothing_open_is_nothing_old() {
        assert_eq!(oldest(&Ages::default(), seconds(5)), None);
    }
}
