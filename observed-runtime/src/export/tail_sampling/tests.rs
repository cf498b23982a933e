use super::*;
use crate::identity::SpanId;
use crate::record::site::{Code, Kind, Site};
use crate::value::{Inner, Value};

static SITE: Site = Site {
    name: "work",
    kind: Kind::Internal,
    keys: &[],
    scope: "",
    code: Code::NONE,
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
    assert_eq!(keeper.sift(&mut batch, Instant::now()), 0);
    assert!(batch.is_empty());
    let mut batch = vec![span(1, 0, OK), span(2, 0, OK)];
    assert_eq!(keeper.sift(&mut batch, Instant::now()), 2);
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
        keeper.sift(&mut batch, Instant::now());
        assert_eq!(batch.len(), kept, "{limit:?}");
    }
}

#[test]
fn what_ends_after_its_root_follows_the_decision() {
    let mut keeper = keeper(100);
    keeper.sift(
        &mut vec![span(1, 0, FAILED), span(2, 0, OK)],
        Instant::now(),
    );
    let mut late = vec![span(1, 7, OK), span(2, 7, FAILED)];
    assert_eq!(keeper.sift(&mut late, Instant::now()), 1);
    assert_eq!((late.len(), late[0].trace_id), (1, TraceId(1)));
}

#[test]
fn beyond_the_limit_the_oldest_trace_is_given_up() {
    let mut keeper = keeper(10);
    let mut batch: Vec<_> = (1..=20).map(|trace| span(trace, 7, FAILED)).collect();
    assert_eq!(keeper.sift(&mut batch, Instant::now()), 10);
    assert!(batch.is_empty() && keeper.spans == 10);
    let mut roots = vec![span(1, 0, FAILED), span(20, 0, OK)];
    assert_eq!(
        keeper.sift(&mut roots, Instant::now()),
        1,
        "the first trace was given up, its root too"
    );
    assert_eq!(roots.len(), 2);
    assert_eq!(keeper.give_up(), 9);
}

#[test]
fn beyond_its_bytes_the_oldest_trace_is_given_up_too() {
    let mut keeper = keeper(100);
    let large = |trace| Finished {
        values: vec![Value(Inner::Text("x".repeat(16_000).into()))],
        ..span(trace, 7, FAILED)
    };
    let mut batch: Vec<_> = (1..=50).map(large).collect();
    let discarded = keeper.sift(&mut batch, Instant::now());
    assert!(keeper.bytes <= 100 * 512, "{}", keeper.bytes);
    assert_eq!(discarded as usize + keeper.spans, 50);
    assert_eq!(keeper.give_up() + discarded, 50);
    assert_eq!(keeper.bytes, 0);
}

#[test]
fn a_trace_whose_root_never_arrives_is_given_up_after_a_while() {
    let (mut keeper, begin) = (keeper(100), Instant::now());
    assert_eq!(keeper.sift(&mut vec![span(1, 7, FAILED)], begin), 0);
    let soon = begin + LONGEST_WAIT / 2;
    assert_eq!(keeper.sift(&mut vec![span(2, 7, FAILED)], soon), 0);
    assert_eq!(keeper.sift(&mut Vec::new(), begin + LONGEST_WAIT), 1);
    assert_eq!((keeper.spans, keeper.waiting.len()), (1, 1));
}

#[test]
fn what_it_remembers_is_bounded() {
    let mut keeper = keeper(10);
    for trace in 1..=20_000 {
        keeper.sift(&mut vec![span(trace, 7, OK)], Instant::now());
        keeper.sift(&mut vec![span(trace, 0, OK)], Instant::now());
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
    assert_eq!(keeper(1).sift(&mut batch, Instant::now()), 0);
    assert_eq!(batch[0].keeping, Keeping::Sampled);
}
