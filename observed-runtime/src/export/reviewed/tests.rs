//! R21: what is left of spans and events that the lock does not hold as reviewed.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::export::tail_sampling::Keeper;
use crate::identity::threshold::Threshold;
use crate::identity::{Context, SpanId, TraceId};
use crate::record::clock;
use crate::record::event::{Event, Events};
use crate::record::finished::{Finished, Keeping};
use crate::record::link::Links;
use crate::record::open::{Extra, OpenSpan, Outcome};
use crate::record::span_codec::{HEADER, finished, keep, record_of};
use crate::sampling::Keep;
use crate::value::{Inner, Value};

const TEXTS: [&str; 5] = ["shop", "1.2.3", "shop::prices", "price", "src/prices.rs"];

const fn site(name: &'static str, fingerprint: u64) -> Site {
    Site(name, 2, &["note", "late"], "", TEXTS, 7, fingerprint)
}

static SITES: [Site; 4] = [
    site("price_order", 1),
    site("price_order", 2),
    site("place_order", 1),
    site("keep_order", 3),
];

/// The last one has the name and the number of a span.
static EVENTS: [Site; 3] = [
    site("table_empty", 5),
    site("table_full", 5),
    site("price_order", 1),
];

const LOCK: &str = "version 1
span price_order server shop::price #0000000000000001 reviewed
span place_order server shop::place #0000000000000001 new
span keep_order server shop::keep #0000000000000003 exempt
event table_empty - shop::price #0000000000000005 reviewed
";

fn is_reviewed(what: What, site: &Site) -> bool {
    let reviewed: &[_] = match what {
        What::Span => &[("price_order", 1), ("keep_order", 3)],
        What::Event => &[("table_empty", 5)],
    };
    reviewed.contains(&(site.0, site.6))
}

fn text(text: &str) -> Value {
    Value(Inner::Text(text.into()))
}

fn link(list: &str) -> Context {
    Context {
        trace_id: TraceId(3),
        span_id: SpanId(4),
        trace_state: crate::identity::trace_state::TraceState::of(list),
        ..Context::default()
    }
}

prop_compose! {
    fn extras()(
        events in prop::collection::vec(0_usize..3, 0..6),
        late in any::<bool>(),
        links in 0_usize..3,
        list in prop_oneof![Just(None), Just(Some("shop=1,ot=th:8")), Just(Some("stock=ü"))],
        dropped in 0_u32..3,
    ) -> Extra {
        let mut extra = Extra {
            trace_state: list.map(Arc::from),
            ..Extra::default()
        };
        extra.links.recorded = (0..links).map(|_| link("shop=7")).collect();
        extra.links.dropped = dropped;
        extra.events.dropped = dropped;
        for event in events {
            let values = vec![text("of an event"), text("")];
            extra.events.recorded.push(Event::new(&EVENTS[event], clock::now(), values));
        }
        if late {
            extra.late.push((1, text("late")));
        }
        extra
    }
}

prop_compose! {
    fn records()(
        site in 0_usize..4,
        outcome in prop_oneof![Just(Outcome::Returned), Just(Outcome::Cancelled), Just(Outcome::Failed("broken"))],
        values in prop::collection::vec(prop_oneof![Just("note"), Just("")], 0..3),
        ids in any::<(u64, u64, u64)>(),
        flags in any::<[bool; 4]>(),
        extra in prop::option::of(extras()),
    ) -> (usize, Vec<u64>) {
        let [remote, random, on_trial, kept] = flags;
        let span = OpenSpan {
            site: &SITES[site],
            trace_id: TraceId(u128::from(ids.0) + 1),
            span_id: SpanId(ids.1),
            parent: SpanId(ids.2),
            parent_is_remote: remote,
            random,
            on_trial,
            threshold: Threshold::from_cell(ids.0 % 4),
            start: clock::now(),
            outcome,
            extra: extra.map(Box::new),
            ..OpenSpan::none()
        };
        let values: Vec<Value> = values.into_iter().map(text).collect();
        let mut record = record_of(span, &values, clock::now());
        if kept {
            keep(&mut record);
        }
        (site, record)
    }
}

/// What is to be left of a span: of one that is not reviewed only its place in the tree.
fn expected(mut span: Finished) -> String {
    if is_reviewed(What::Span, span.site) {
        span.events
            .recorded
            .retain(|event| is_reviewed(What::Event, event.site));
    } else {
        let nobody = Names::default().site(nobody()).unwrap();
        span = Finished {
            site: nobody,
            name: "unreviewed",
            values: Vec::new(),
            links: Links::default(),
            events: Events::default(),
            outcome: Outcome::Returned,
            ..span
        };
    }
    format!("{span:?}")
}

fn read(record: &[u64]) -> Finished {
    finished(record, &mut Names::default()).unwrap()
}

fn locked(mode: Mode) -> Locked {
    Locked {
        mode,
        digest: None,
        lock: (mode != Mode::Off).then(|| Arc::new(Lock::parse(LOCK).unwrap())),
    }
}

struct Passed {
    records: Records,
    spans: u64,
    events: u64,
    findings: Findings,
}

fn pass(mode: Mode, all: &[Vec<u64>]) -> Passed {
    let (locked, ledger, findings) = (locked(mode), Ledger::default(), Findings::default());
    let mut records = Records::default();
    for record in all {
        records.push(record);
    }
    let mut reviewed = Reviewed::new(&locked, &ledger, &findings).unwrap();
    reviewed.pass(&mut records);
    let mut totals = crate::pipeline::ledger::Totals::default();
    totals.add(&std::iter::once(&ledger));
    Passed {
        records,
        spans: totals.of(Count::Unreviewed),
        events: totals.of(Count::EventUnreviewed),
        findings,
    }
}

proptest! {
    #[test]
    fn of_what_is_not_reviewed_the_place_in_the_tree_is_left_and_of_the_rest_everything(
        all in prop::collection::vec(records(), 0..8),
    ) {
        let (sites, all): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        let passed = pass(Mode::Enforce, &all);
        prop_assert_eq!(passed.records.len(), all.len());
        for (before, after) in all.iter().zip(passed.records.all().iter()) {
            prop_assert_eq!(format!("{:?}", read(after)), expected(read(before)));
            if !is_reviewed(What::Span, read(before).site) && read(after).trace_state.header().is_none_or(|list| list.starts_with("ot=")) {
                prop_assert_eq!(after.len(), HEADER, "nothing that is only not read");
            }
        }
        let bare = sites.iter().filter(|site| !is_reviewed(What::Span, &SITES[**site])).count();
        prop_assert_eq!(passed.spans, bare as u64);
        let of_reviewed = all.iter().map(|record| read(record)).filter(|span| is_reviewed(What::Span, span.site));
        let events = of_reviewed.flat_map(|span| span.events.recorded);
        let events = events.filter(|event| !is_reviewed(What::Event, event.site)).count();
        prop_assert_eq!(passed.events, events as u64);
    }

    #[test]
    fn a_warning_changes_nothing_and_counts_the_same(all in prop::collection::vec(records(), 0..8)) {
        let all: Vec<_> = all.into_iter().map(|(_, record)| record).collect();
        let (warned, enforced) = (pass(Mode::Warn, &all), pass(Mode::Enforce, &all));
        let left: Vec<_> = warned.records.all().iter().map(<[u64]>::to_vec).collect();
        prop_assert_eq!(left, all);
        prop_assert_eq!((warned.spans, warned.events), (enforced.spans, enforced.events));
    }

    #[test]
    fn a_record_that_is_broken_lets_nothing_out_and_breaks_nothing(
        (_, record) in records(),
        at in any::<prop::sample::Index>(),
        cell in any::<u64>(),
    ) {
        let mut broken = record;
        let at = at.index(broken.len());
        // The length is the records' own; the site is another one, or none.
        broken[at] = match at {
            0 => broken[at] & 0xffff_ffff | ((cell % 64) << 32),
            _ => cell % 64,
        };
        let passed = pass(Mode::Enforce, &[broken]);
        for record in passed.records.all().iter() {
            if let Some(span) = finished(record, &mut Names::default()) {
                let is_nobody = span.name == "unreviewed";
                prop_assert!(is_nobody || is_reviewed(What::Span, span.site), "{}", span.name);
            }
        }
    }
}

#[test]
fn what_is_not_reviewed_is_named_each_once_with_the_fingerprint_that_the_lock_lacks() {
    let span = |site| {
        let span = OpenSpan {
            site,
            trace_id: TraceId(1),
            ..OpenSpan::none()
        };
        record_of(span, &[], clock::now())
    };
    let passed = pass(
        Mode::Enforce,
        &[span(&SITES[1]), span(&SITES[0]), span(&SITES[1])],
    );
    let named = passed.findings.unreviewed();
    let found: Vec<_> = named
        .iter()
        .map(|it| {
            (
                it.what,
                it.name,
                it.module,
                it.fingerprint.as_str(),
                it.count,
            )
        })
        .collect();
    let expected = ("span", "price_order", "shop::prices", "0000000000000002", 2);
    assert_eq!(found, [expected]);
}

#[test]
fn a_trace_that_only_a_reviewed_span_may_keep_is_kept_by_no_other() {
    let on_trial = |site| {
        let span = OpenSpan {
            site,
            trace_id: TraceId(1),
            outcome: Outcome::Failed("broken"),
            on_trial: true,
            ..OpenSpan::none()
        };
        record_of(span, &[], clock::now())
    };
    for (site, kept) in [(&SITES[0], 1), (&SITES[1], 0)] {
        let mut records = pass(Mode::Enforce, &[on_trial(site)]).records;
        let mut keeper = Keeper::new(Keep::default(), 100);
        keeper.sift(&mut records, std::time::Instant::now());
        assert_eq!(records.len(), kept);
        let all_kept = |record| read(record).keeping == Keeping::Partial;
        assert!(records.all().iter().all(all_kept));
    }
}

#[test]
fn without_a_lock_nobody_asks() {
    let (locked, ledger, findings) = (locked(Mode::Off), Ledger::default(), Findings::default());
    assert!(Reviewed::new(&locked, &ledger, &findings).is_none());
}
