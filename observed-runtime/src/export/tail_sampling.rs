//! Keeps the traces that failed or were slow although the sampler did not take them (`OBSERVED_KEEP_ERRORS`).
//!
//! Their spans wait here until the root has ended; then all of them leave, marked as a part of their trace, or none.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use crate::identity::TraceId;
use crate::pipeline::queue::CELLS_PER_SPAN;
use crate::record::finished::Keeping;
use crate::record::records::Records;
use crate::record::span_codec::{Head, keep};
use crate::sampling::Keep;

/// A trace whose root never arrives, because it was dropped, is given up when nothing has been added for so long.
const LONGEST_WAIT: Duration = Duration::from_secs(10 * 60);
/// So many decisions are remembered, for spans that end after their root.
const REMEMBERED: usize = 4_096;

/// Holds what is on trial; runs on the worker's thread.
#[derive(Debug)]
pub(crate) struct Keeper {
    slower_than: Option<Duration>,
    /// The most spans that wait, and the most bytes that they take; beyond it the oldest trace is given up.
    max_spans: usize,
    max_bytes: usize,
    waiting: HashMap<TraceId, Waiting>,
    /// The traces that wait, oldest first; decided ones are skipped.
    order: VecDeque<TraceId>,
    spans: usize,
    bytes: usize,
    decided: Decided,
    /// What was to be sifted; kept for its memory.
    sifted: Records,
}

#[derive(Debug)]
struct Waiting {
    spans: Records,
    failed: bool,
    /// When the last span was added.
    last: Instant,
}

/// The last decisions: whether a trace was kept.
#[derive(Debug, Default)]
struct Decided {
    kept: HashMap<TraceId, bool>,
    order: VecDeque<TraceId>,
}

impl Decided {
    fn note(&mut self, trace: TraceId, kept: bool) {
        if self.kept.insert(trace, kept).is_none() {
            self.order.push_back(trace);
        }
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.kept.remove(&oldest);
        }
    }
}

impl Keeper {
    pub(crate) fn new(keep: Keep, max_spans: usize) -> Self {
        Self {
            slower_than: keep.slower_than,
            max_spans,
            max_bytes: max_spans.saturating_mul(CELLS_PER_SPAN * size_of::<u64>()),
            waiting: HashMap::new(),
            order: VecDeque::new(),
            spans: 0,
            bytes: 0,
            decided: Decided::default(),
            sifted: Records::default(),
        }
    }

    /// Leaves in `spans` what is to be exported now, and returns how many were discarded.
    pub(crate) fn sift(&mut self, spans: &mut Records, now: Instant) -> u64 {
        let mut discarded = self.give_up_stale(now);
        if spans.all().iter().all(|record| on_trial(record).is_none()) {
            return discarded;
        }
        let mut sifted = std::mem::take(&mut self.sifted);
        std::mem::swap(spans, &mut sifted);
        for record in sifted.all().iter() {
            if let Some(head) = on_trial(record) {
                discarded += self.try_one(&head, record, spans, now);
            } else {
                spans.push(record);
            }
        }
        sifted.clear();
        self.sifted = sifted;
        while (self.spans > self.max_spans || self.bytes > self.max_bytes)
            && let Some(oldest) = self.order.pop_front()
        {
            discarded += self.decide(oldest, Some(false), spans);
        }
        discarded
    }

    /// Gives up the traces at the head of the order that nothing was added to for long.
    fn give_up_stale(&mut self, now: Instant) -> u64 {
        let mut discarded = 0;
        while let Some(oldest) = self.order.front().copied() {
            let waiting = self.waiting.get(&oldest);
            if waiting.is_some_and(|waiting| now.duration_since(waiting.last) < LONGEST_WAIT) {
                break;
            }
            self.order.pop_front();
            discarded += self.decide(oldest, Some(false), &mut Records::default());
        }
        discarded
    }

    /// Spans that wait for the root of their trace.
    pub(crate) fn waiting(&self) -> usize {
        self.spans
    }

    /// Gives up what still waits; returns how many spans that were.
    pub(crate) fn give_up(&mut self) -> u64 {
        let given_up = self.spans as u64;
        self.waiting.clear();
        self.order.clear();
        (self.spans, self.bytes) = (0, 0);
        given_up
    }

    fn try_one(&mut self, head: &Head, record: &[u64], out: &mut Records, now: Instant) -> u64 {
        let trace = head.trace_id();
        if let Some(kept) = self.decided.kept.get(&trace).copied() {
            return settle_one(record, kept, out);
        }
        let is_root = head.parent == 0;
        let lasted = || head.start.until(head.end);
        let is_slow = is_root && self.slower_than.is_some_and(|limit| lasted() > limit);
        let waiting = self.waiting.entry(trace).or_insert_with(|| {
            self.order.push_back(trace);
            Waiting {
                spans: Records::default(),
                failed: false,
                last: now,
            }
        });
        waiting.last = now;
        self.bytes += size_of_val(record);
        waiting.failed |= is_slow || head.failed().is_some();
        waiting.spans.push(record);
        self.spans += 1;
        if is_root {
            self.decide(trace, None, out)
        } else {
            0
        }
    }

    /// Decides a trace that waits: as its spans say, or as told.
    fn decide(&mut self, trace: TraceId, told: Option<bool>, out: &mut Records) -> u64 {
        let Some(waiting) = self.waiting.remove(&trace) else {
            return 0;
        };
        let kept = told.unwrap_or(waiting.failed);
        self.spans -= waiting.spans.len();
        self.bytes -= waiting.spans.bytes();
        self.decided.note(trace, kept);
        // A trace that never waited long leaves its place in the order behind.
        if self.order.len() > 2 * self.waiting.len() + REMEMBERED {
            let waiting = &self.waiting;
            self.order.retain(|trace| waiting.contains_key(trace));
        }
        settle(&waiting.spans, kept, out)
    }
}

/// The head of a record that is on trial.
fn on_trial(record: &[u64]) -> Option<Head> {
    let (head, _) = Head::read(record)?;
    (head.keeping() == Keeping::OnTrial).then_some(head)
}

fn settle(spans: &Records, kept: bool, out: &mut Records) -> u64 {
    let records = spans.all().iter();
    records.map(|record| settle_one(record, kept, out)).sum()
}

/// Lets a record go, marked as kept, or discards it; returns how many were discarded.
fn settle_one(record: &[u64], kept: bool, out: &mut Records) -> u64 {
    if kept {
        out.push_changed(record, keep);
    }
    u64::from(!kept)
}

#[cfg(test)]
mod tests;
