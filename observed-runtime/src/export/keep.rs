//! Keeps the traces that failed or were slow although the sampler did not take them (`OBSERVED_KEEP_ERRORS`).
//!
//! Their spans wait here until the root has ended; then all of them leave, marked as a part of their trace, or none.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use crate::context::TraceId;
use crate::record::finished::{Finished, Keeping};
use crate::record::open::Outcome;
use crate::sampling::Keep;

/// So many decisions are remembered, for spans that end after their root.
const REMEMBERED: usize = 4_096;

/// Holds what is on trial; runs on the worker's thread.
#[derive(Debug)]
pub(crate) struct Keeper {
    slower_than: Option<Duration>,
    /// The most spans that wait; beyond it the oldest trace is given up.
    max_spans: usize,
    waiting: HashMap<TraceId, Waiting>,
    /// The traces that wait, oldest first; decided ones are skipped.
    order: VecDeque<TraceId>,
    spans: usize,
    decided: Decided,
}

#[derive(Debug, Default)]
struct Waiting {
    spans: Vec<Finished>,
    failed: bool,
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
            waiting: HashMap::new(),
            order: VecDeque::new(),
            spans: 0,
            decided: Decided::default(),
        }
    }

    /// Leaves in `spans` what is to be exported now, and returns how many were discarded.
    pub(crate) fn sift(&mut self, spans: &mut Vec<Finished>) -> u64 {
        if spans.iter().all(|span| span.keeping != Keeping::OnTrial) {
            return 0;
        }
        let mut discarded = 0;
        for span in std::mem::take(spans) {
            if span.keeping == Keeping::OnTrial {
                discarded += self.try_one(span, spans);
            } else {
                spans.push(span);
            }
        }
        while self.spans > self.max_spans
            && let Some(oldest) = self.order.pop_front()
        {
            discarded += self.decide(oldest, Some(false), spans);
        }
        discarded
    }

    /// Gives up what still waits; returns how many spans that were.
    pub(crate) fn give_up(&mut self) -> u64 {
        let given_up = self.spans as u64;
        self.waiting.clear();
        self.order.clear();
        self.spans = 0;
        given_up
    }

    fn try_one(&mut self, span: Finished, out: &mut Vec<Finished>) -> u64 {
        let trace = span.trace_id;
        if let Some(kept) = self.decided.kept.get(&trace).copied() {
            return settle(vec![span], kept, out);
        }
        let is_root = !span.parent.is_valid();
        let is_slow = is_root && self.slower_than.is_some_and(|limit| span.lasted() > limit);
        let waiting = self.waiting.entry(trace).or_insert_with(|| {
            self.order.push_back(trace);
            Waiting::default()
        });
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
mod tests {
    use super::*;
    use crate::context::SpanId;
    use crate::span::{Kind, Site};

    static SITE: Site = Site {
        name: "work",
        kind: Kind::Internal,
        keys: &[],
        scope: "",
    };

    fn span(trace: u128, parent: u64, outcome: Outcome) -> Finished {
        Finished {
            parent: SpanId(parent),
            keeping: Keeping::OnTrial,
            outcome,
            ..Finished::of(&SITE, TraceId(trace))
        }
    }

    const OK: Outcome = Outcome::Returned;
    const FAILED: Outcome = Outcome::Failed("broken");

    fn keeper(max_spans: usize) -> Keeper {
        Keeper::new(Keep::default(), max_spans)
    }

    #[test]
    fn a_trace_leaves_whole_when_any_of_its_spans_failed_and_not_before_its_root_has_ended() {
        let mut keeper = keeper(100);
        let mut batch = vec![span(1, 7, FAILED), span(2, 7, OK)];
        assert_eq!(keeper.sift(&mut batch), 0);
        assert!(batch.is_empty());
        let mut batch = vec![span(1, 0, OK), span(2, 0, OK)];
        assert_eq!(keeper.sift(&mut batch), 2);
        assert_eq!(batch.len(), 2);
        for span in &batch {
            assert_eq!(
                (span.trace_id, span.keeping),
                (TraceId(1), Keeping::Partial)
            );
        }
        assert_eq!((keeper.spans, keeper.waiting.len()), (0, 0));
    }

    #[test]
    fn a_slow_root_is_kept_where_that_is_asked_for() {
        for (limit, kept) in [
            (None, 0),
            (Some(Duration::ZERO), 1),
            (Some(Duration::from_hours(1)), 0),
        ] {
            let mut keeper = Keeper::new(Keep { slower_than: limit }, 100);
            let mut batch = vec![span(1, 0, OK)];
            keeper.sift(&mut batch);
            assert_eq!(batch.len(), kept, "{limit:?}");
        }
    }

    #[test]
    fn what_ends_after_its_root_follows_the_decision() {
        let mut keeper = keeper(100);
        keeper.sift(&mut vec![span(1, 0, FAILED), span(2, 0, OK)]);
        let mut late = vec![span(1, 7, OK), span(2, 7, FAILED)];
        assert_eq!(keeper.sift(&mut late), 1);
        assert_eq!((late.len(), late[0].trace_id), (1, TraceId(1)));
    }

    #[test]
    fn beyond_the_limit_the_oldest_trace_is_given_up() {
        let mut keeper = keeper(10);
        let mut batch: Vec<_> = (1..=20).map(|trace| span(trace, 7, FAILED)).collect();
        assert_eq!(keeper.sift(&mut batch), 10);
        assert!(batch.is_empty() && keeper.spans == 10);
        let mut roots = vec![span(1, 0, FAILED), span(20, 0, OK)];
        assert_eq!(
            keeper.sift(&mut roots),
            1,
            "the first trace was given up, its root too"
        );
        assert_eq!(roots.len(), 2);
        assert_eq!(keeper.give_up(), 9);
    }

    #[test]
    fn what_it_remembers_is_bounded() {
        let mut keeper = keeper(10);
        for trace in 1..=20_000 {
            keeper.sift(&mut vec![span(trace, 7, OK)]);
            keeper.sift(&mut vec![span(trace, 0, OK)]);
        }
        assert!(
            keeper.order.len() <= REMEMBERED + 1,
            "{}",
            keeper.order.len()
        );
        assert!(keeper.decided.kept.len() <= REMEMBERED);
        assert!(keeper.waiting.is_empty());
    }

    #[test]
    fn what_was_sampled_passes_through() {
        let mut sampled = span(1, 0, OK);
        sampled.keeping = Keeping::Sampled;
        let mut batch = vec![sampled];
        assert_eq!(keeper(1).sift(&mut batch), 0);
        assert_eq!(batch[0].keeping, Keeping::Sampled);
    }
}
