//! Spans of every kind: what a record can hold.

use std::sync::Arc;

use proptest::prelude::*;

use crate::config::{OnHit, Privacy};
use crate::identity::threshold::Threshold;
use crate::identity::trace_state::TraceState;
use crate::identity::{Context, SpanId, TraceId};
use crate::record::clock::{self, Tick};
use crate::record::event::{Event, Events};
use crate::record::link::Links;
use crate::record::open::{Extra, OpenSpan, Outcome};
use crate::record::site::Site;
use crate::record::span_codec::record_of;
use crate::value::{Inner, Value};

const KEYS: &[&str] = &[
    "a", "document", "b", "phone", "note", "c", "d", "e", "f", "late", "later",
];

const fn site(
    name: &'static str,
    kind: u8,
    keys: &'static [&'static str],
    package: &'static str,
    version: &'static str,
) -> Site {
    let texts = [package, version, "shop::prices", "price", "src/prices.rs"];
    Site(name, kind, keys, "", texts, 7, 0)
}

pub(super) static SITES: [Site; 6] = [
    site("price_order", 1, KEYS, "shop", "1.2.3"),
    site("réserve ☕", 2, KEYS, "stock", ""),
    site("ana@example.com", 3, KEYS, "shop", "1.2.3"),
    site("none", 4, &[], "", ""),
    site("few", 5, &["document", "b"], "stock", "2.0.0"),
    Site::nowhere("nowhere", KEYS),
];

const LONG: &str =
    "a static text that is longer than some of the limits, é, and goes on for a while";

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "\\PC{0,40}",
        1 => Just("ana@example.com".to_owned()),
        1 => Just("529.982.247-25".to_owned()),
        1 => "[a-zé ]{120,300}",
    ]
}

/// As the caller's path cuts them: up to 16 KiB, of which the end was not seen whole.
fn cut_texts() -> impl Strategy<Value = String> {
    prop_oneof![Just(0), Just(900), Just(1_023), Just(1_500)]
        .prop_map(|longer| "é".repeat(longer / 2 + 10))
}

fn values() -> impl Strategy<Value = Value> {
    let numbers = prop_oneof![any::<i64>(), 0_i64..200, Just(52_998_224_725)];
    let floats = prop_oneof![
        any::<f64>(),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(52_998_224_725.0),
        Just(0.0),
    ];
    let statics = prop_oneof![
        3 => Just("value"), 1 => Just(""), 1 => Just("é"), 1 => Just(LONG), 1 => Just("bob@example.com")
    ];
    let many = |texts: Vec<String>| texts.into_iter().map(String::into_boxed_str).collect();
    let small = prop_oneof![
        Just(Inner::Absent),
        Just(Inner::Refused),
        Just(Inner::OutOfRange),
        any::<bool>().prop_map(Inner::Bool),
        numbers.clone().prop_map(Inner::I64),
        floats.clone().prop_map(Inner::F64),
        statics.prop_map(Inner::Static),
    ];
    let large = prop_oneof![
        2 => texts().prop_map(|text| Inner::Text(text.into())),
        1 => cut_texts().prop_map(|text| Inner::CutText(text.into())),
        1 => prop::collection::vec(any::<bool>(), 0..70).prop_map(|all| Inner::Bools(all.into())),
        1 => prop::collection::vec(numbers, 0..9).prop_map(|all| Inner::I64s(all.into())),
        1 => prop::collection::vec(floats, 0..9).prop_map(|all| Inner::F64s(all.into())),
        1 => prop::collection::vec(texts(), 0..5).prop_map(move |all| Inner::Texts(many(all))),
        1 => (prop::collection::vec(texts(), 0..3), cut_texts()).prop_map(move |(mut all, last)| {
            all.push(last);
            Inner::CutTexts(many(all))
        }),
    ];
    prop_oneof![3 => small, 2 => large].prop_map(Value)
}

fn lists() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("ot=th:e666"),
        Just("ot=th:80"),
        Just("ot=th:c;rv:6e6d1a75832a2f,vendor=1"),
        Just("vendor=ana@example.com"),
        Just("a=  b ~,c@d=e"),
    ]
}

fn links() -> impl Strategy<Value = Links> {
    let id = prop_oneof![4 => any::<u64>(), 1 => Just(0)];
    let state = prop_oneof![Just(""), lists()];
    let link =
        (id.clone(), id, any::<[bool; 3]>(), state).prop_map(|(trace, span, flags, state)| {
            Context {
                trace_id: TraceId(u128::from(trace) << 60),
                span_id: SpanId(span),
                sampled: flags[0],
                random: flags[1],
                remote: flags[2],
                trace_state: TraceState::of(state),
                ..Context::default()
            }
        });
    let recorded = prop::collection::vec(link, 0..5);
    (recorded, prop_oneof![Just(0), 0_u32..400])
        .prop_map(|(recorded, dropped)| Links { recorded, dropped })
}

/// How long before now a moment was, in ticks.
fn ago(ticks: u64) -> Tick {
    Tick::from_raw(clock::now().raw().saturating_sub(ticks))
}

fn events() -> impl Strategy<Value = Events> {
    let event = (
        0..SITES.len(),
        prop::collection::vec(values(), 0..6),
        0..10_000_000_u64,
    );
    let event = event.prop_map(|(site, mut values, before)| {
        values.truncate(SITES[site].keys().len());
        Event::new(&SITES[site], ago(before), values)
    });
    let recorded = prop::collection::vec(event, 0..5);
    (recorded, prop_oneof![Just(0), 0_u32..400])
        .prop_map(|(recorded, dropped)| Events { recorded, dropped })
}

fn extra() -> impl Strategy<Value = Extra> {
    let late = prop::collection::btree_map(0..KEYS.len(), values(), 0..5);
    let list = prop::option::of(lists());
    (list, links(), events(), late).prop_map(|(list, links, events, late)| Extra {
        trace_state: list.map(Arc::from),
        links,
        events,
        values: Vec::new(),
        late: late.into_iter().collect(),
    })
}

/// One record.
pub(super) fn records() -> impl Strategy<Value = Vec<u64>> {
    let outcome = prop_oneof![
        3 => Just(Outcome::Returned),
        1 => Just(Outcome::Failed("io::Error")),
        1 => Just(Outcome::Failed("ana@example.com")),
        1 => Just(Outcome::Cancelled),
    ];
    let ids = (
        any::<u128>(),
        any::<u64>(),
        prop_oneof![Just(0), any::<u64>()],
    );
    let threshold = prop_oneof![
        Just(None),
        Just(Some(1.0)),
        Just(Some(0.1)),
        Just(Some(0.3))
    ];
    let times = (0..5_000_000_000_u64, 0..5_000_000_000_u64);
    let values = prop::collection::vec(values(), 0..KEYS.len());
    let extra = prop::option::of(extra());
    let whole = (
        0..SITES.len(),
        ids,
        any::<[bool; 3]>(),
        threshold,
        outcome,
        times,
        values,
        extra,
    );
    whole.prop_map(
        |(site, ids, flags, threshold, outcome, times, mut values, extra)| {
            let site = &SITES[site];
            values.truncate(site.keys().len());
            let extra = extra.map(|mut extra| {
                extra.late.retain(|(place, _)| *place < site.keys().len());
                Box::new(extra)
            });
            let span = OpenSpan {
                site,
                trace_id: TraceId(ids.0),
                span_id: SpanId(ids.1),
                parent: SpanId(ids.2),
                parent_is_remote: flags[0],
                random: flags[1],
                on_trial: flags[2],
                threshold: threshold.map(Threshold::of),
                outcome,
                start: ago(times.0),
                extra,
                ..OpenSpan::none()
            };
            let mut record = record_of(span, &values, ago(times.1));
            if flags[2] {
                crate::record::span_codec::keep(&mut record);
            }
            record
        },
    )
}

/// What may leave.
pub(super) fn privacies() -> impl Strategy<Value = Privacy> {
    let on_hit = prop_oneof![3 => Just(OnHit::Drop), 1 => Just(OnHit::Mask), 1 => Just(OnHit::Off)];
    let allowed = prop_oneof![
        3 => Just(None),
        1 => Just(Some(["a", "document", "late"].map(str::to_owned).into()))
    ];
    let limit = || prop_oneof![2 => Just(128_usize), 1 => 0..4_usize];
    let max_text = prop_oneof![3 => Just(256), 1 => 0..30_usize, 1 => Just(1_000_000)];
    let limits = [limit(), limit(), limit(), limit()];
    (on_hit, allowed, max_text, limits).prop_map(|(on_hit, allowed, max_text, limits)| {
        let mut privacy = Privacy {
            on_hit,
            allowed,
            max_text,
            max_attributes: limits[0],
            ..Privacy::default()
        };
        privacy.limits.events = limits[1];
        privacy.limits.links = limits[2];
        privacy.limits.event_attributes = limits[3];
        privacy
    })
}
