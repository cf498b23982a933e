use super::*;
use crate::identity::SpanId;
use crate::record::clock;
use crate::record::intern::Names;
use crate::record::open::{OpenSpan, Outcome};
use crate::record::site::Site;
use crate::record::span_codec::{finished, record_of};
use crate::value::{Inner, Value};

static SITE: Site = Site::nowhere("work", &[]);

fn open(trace: u128, parent: u64, outcome: Outcome) -> OpenSpan {
    OpenSpan {
        site: &SITE,
        trace_id: TraceId(trace),
        span_id: SpanId::random(),
        parent: SpanId(parent),
        start: clock::now(),
        on_trial: true,
        outcome,
        ..OpenSpan::none()
    }
}

fn span(trace: u128, parent: u64, outcome: Outcome) -> Vec<u64> {
    record_of(open(trace, parent, outcome), &[], clock::now())
}

fn batch(spans: impl IntoIterator<Item = Vec<u64>>) -> Records {
    let mut records = Records::default();
    for span in spans {
        records.push(&span);
    }
    records
}

/// The traces of what is left, and how it is kept.
fn left(records: &Records) -> Vec<(TraceId, Keeping)> {
    let mut names = Names::default();
    let spans = records.all().iter();
    spans
        .map(|record| finished(record, &mut names).unwrap())
        .map(|span| (span.trace_id, span.keeping))
        .collect()
}

const OK: Outcome = Outcome::Returned;
const FAILED: Outcome = Outcome::Failed("broken");

fn keeper(max_spans: usize) -> Keeper {
    Keeper::new(Keep::default(), max_spans)
}

#[test]
fn a_trace_leaves_whole_when_any_of_its_spans_failed_and_not_before_its_root_has_ended() {
    let mut keeper = keeper(100);
    let mut ended = batch([span(1, 7, FAILED), span(2, 7, OK)]);
    assert_eq!(keeper.sift(&mut ended, Instant::now()), 0);
    assert_eq!(ended.len(), 0);
    let mut ended = batch([span(1, 0, OK), span(2, 0, OK)]);
    assert_eq!(keeper.sift(&mut ended, Instant::now()), 2);
    assert_eq!(left(&ended), [(TraceId(1), Keeping::Partial); 2]);
    assert_eq!((keeper.spans, keeper.waiting.len()), (0, 0));
}

#[test]
fn a_slow_root_is_kept_where_that_is_asked_for() {
    for (limit, kept) in [
        (None, 0),
        (Some(Duration::ZERO), 1),
        (Some(Duration::from_secs(60 * 60)), 0),
    ] {
        let mut keeper = Keeper::new(Keep { slower_than: limit }, 100);
        let mut ended = batch([span(1, 0, OK)]);
        keeper.sift(&mut ended, Instant::now());
        assert_eq!(ended.len(), kept, "{limit:?}");
    }
}

#[test]
fn what_ends_after_its_root_follows_the_decision() {
    let mut keeper = keeper(100);
    keeper.sift(
        &mut batch([span(1, 0, FAILED), span(2, 0, OK)]),
        Instant::now(),
    );
    let mut late = batch([span(1, 7, OK), span(2, 7, FAILED)]);
    assert_eq!(keeper.sift(&mut late, Instant::now()), 1);
    assert_eq!(left(&late), [(TraceId(1), Keeping::Partial)]);
}

#[test]
fn beyond_the_limit_the_oldest_trace_is_given_up() {
    let mut keeper = keeper(10);
    let mut ended = batch((1..=20).map(|trace| span(trace, 7, FAILED)));
    assert_eq!(keeper.sift(&mut ended, Instant::now()), 10);
    assert_eq!((ended.len(), keeper.spans), (0, 10));
    let mut roots = batch([span(1, 0, FAILED), span(20, 0, OK)]);
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
    let large = |trace| {
        let text = Value(Inner::Text("x".repeat(16_000).into()));
        record_of(open(trace, 7, FAILED), &[text], clock::now())
    };
    let discarded = keeper.sift(&mut batch((1..=50).map(large)), Instant::now());
    assert!(keeper.bytes <= 100 * 512, "{}", keeper.bytes);
    assert_eq!(discarded as usize + keeper.spans, 50);
    assert_eq!(keeper.give_up() + discarded, 50);
    assert_eq!(keeper.bytes, 0);
}

#[test]
fn a_trace_whose_root_never_arrives_is_given_up_after_a_while() {
    let (mut keeper, begin) = (keeper(100), Instant::now());
    assert_eq!(keeper.sift(&mut batch([span(1, 7, FAILED)]), begin), 0);
    let soon = begin + LONGEST_WAIT / 2;
    assert_eq!(keeper.sift(&mut batch([span(2, 7, FAILED)]), soon), 0);
    assert_eq!(keeper.sift(&mut batch([]), begin + LONGEST_WAIT), 1);
    assert_eq!((keeper.spans, keeper.waiting.len()), (1, 1));
}

#[test]
fn what_it_remembers_is_bounded() {
    let mut keeper = keeper(10);
    for trace in 1..=20_000 {
        keeper.sift(&mut batch([span(trace, 7, OK)]), Instant::now());
        keeper.sift(&mut batch([span(trace, 0, OK)]), Instant::now());
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
    let sampled = OpenSpan {
        on_trial: false,
        ..open(1, 0, OK)
    };
    let mut ended = batch([record_of(sampled, &[], clock::now())]);
    assert_eq!(keeper(1).sift(&mut ended, Instant::now()), 0);
    assert_eq!(left(&ended), [(TraceId(1), Keeping::Sampled)]);
}
