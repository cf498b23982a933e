//! Keeps the traces that failed or were slow although the sampler did not take them (`OBSERVED_KEEP_ERRORS`).
//!
//! Their spans wait here until the root has ended; then all of them leave, marked as a part of their trace, or none.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use crate::identity::TraceId;
use crate::pipeline::queue::CELLS_PER_SPAN;
use crate::record::finished::{Finished, Keeping};
use crate::record::open::Outcome;
use crate::sampling::Keep;

/// A trace whose root never arrives, because it was dropped, is given up when nothing has been added for so long.
const LONGEST_WAIT: Duration = Duration::from_mins(10);
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
}

#[derive(Debug)]
struct Waiting {
    spans: Vec<Finished>,
    bytes: usize,
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
        }
    }

    /// Leaves in `spans` what is to be exported now, and returns how many were discarded.
    pub(crate) fn sift(&mut self, spans: &mut Vec<Finished>, now: Instant) -> u64 {
        let mut discarded = self.give_up_stale(now);
        if spans.iter().all(|span| span.keeping != Keeping::OnTrial) {
            return discarded;
        }
        for span in std::mem::take(spans) {
            if span.keeping == Keeping::OnTrial {
                discarded += self.try_one(span, spans, now);
            } else {
                spans.push(span);
            }
        }
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
            discarded += self.decide(oldest, Some(false), &mut Vec::new());
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

    fn try_one(&mut self, span: Finished, out: &mut Vec<Finished>, now: Instant) -> u64 {
        let trace = span.trace_id;
        if let Some(kept) = self.decided.kept.get(&trace).copied() {
            return settle(vec![span], kept, out);
        }
        let is_root = !span.parent.is_valid();
        let is_slow = is_root && self.slower_than.is_some_and(|limit| span.lasted() > limit);
        let waiting = self.waiting.entry(trace).or_insert_with(|| {
            self.order.push_back(trace);
            Waiting {
                spans: Vec::new(),
                bytes: 0,
                failed: false,
                last: now,
            }
        });
        let bytes = span.bytes();
        waiting.last = now;
        waiting.bytes += bytes;
        self.bytes += bytes;
        waiting.failed |= is_slow || matches!(span.outcome, Outcome::Failed(_));
        waiting.spans.push(span);
        self.spans += 1;
        if is_root {
            self.decide(trace, None, out)
        } else {
            0
        }
    }

    /// Decides a trace that waits: as its spans say, or as told.
    fn decide(&mut self, trace: TraceId, told: Option<bool>, out: &mut Vec<Finished>) -> u64 {
        let Some(waiting) = self.waiting.remove(&trace) else {
            return 0;
        };
        let kept = told.unwrap_or(waiting.failed);
        self.spans -= waiting.spans.len();
        self.bytes -= waiting.bytes;
        self.decided.note(trace, kept);
        // A trace that never waited long leaves its place in the order behind.
        if self.order.len() > 2 * self.waiting.len() + REMEMBERED {
            let waiting = &self.waiting;
            self.order.retain(|trace| waiting.contains_key(trace));
        }
        settle(waiting.spans, kept, out)
    }
}

fn settle(spans: Vec<Finished>, kept: bool, out: &mut Vec<Finished>) -> u64 {
    if !kept {
        return spans.len() as u64;
    }
    out.extend(spans.into_iter().map(|span| Finished {
        keeping: Keeping::Partial,
        ..span
    }));
    0
}

#[cfg(test)]
mod tests;
