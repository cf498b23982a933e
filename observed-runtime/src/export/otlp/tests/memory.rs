use allocation_counter::measure;

use super::encoder;
use super::spans::SITES;
use crate::config::Privacy;
use crate::export::firewall::{Findings, Firewall};
use crate::export::otlp::batch::Batch;
use crate::export::otlp::request::Whole;
use crate::export::outgoing::Outgoing;
use crate::identity::threshold::Threshold;
use crate::identity::{Context, SpanId, TraceId};
use crate::pipeline::ledger::Ledger;
use crate::record::chunk::Chunk;
use crate::record::clock;
use crate::record::event::Event;
use crate::record::intern::Names;
use crate::record::open::{Extra, OpenSpan, Outcome};
use crate::record::records::Records;
use crate::record::span_codec::record_of;
use crate::value::{Inner, Value};

/// Of each kind of value one, nothing of it personal but one that is withheld.
fn values() -> Vec<Value> {
    let text = |text: &str| Inner::Text(text.into());
    let texts = [
        "eu-central-1a/rack12".into(),
        "checkout completed ok".into(),
    ];
    [
        Inner::I64(12_345_678_901),
        text("8f14e45fceea167a5a36"),
        text(&"a text that is cut ".repeat(20)),
        text("ana@example.com"),
        Inner::Static("value"),
        Inner::F64(0.5),
        Inner::I64s([1, -1].into()),
        Inner::Texts(texts.into()),
        Inner::Bool(true),
    ]
    .map(Value)
    .into()
}

fn records() -> Vec<Vec<u64>> {
    let span = |outcome, extra: Option<Extra>| OpenSpan {
        site: &SITES[0],
        trace_id: TraceId::random(),
        span_id: SpanId::random(),
        parent: SpanId::random(),
        threshold: Some(Threshold::of(0.1)),
        start: clock::now(),
        outcome,
        extra: extra.map(Box::new),
        ..OpenSpan::none()
    };
    let mut extra = Extra::default();
    extra.late.push((9, Value(Inner::Text("late".into()))));
    extra.trace_state = Some("vendor=1,ot=th:8".into());
    extra.links.recorded.push(Context {
        trace_id: TraceId::random(),
        span_id: SpanId::random(),
        ..Context::default()
    });
    let event = Event::new(&SITES[1], clock::now(), values());
    extra.events.recorded.push(event);
    [
        span(Outcome::Returned, None),
        span(Outcome::Failed("io::Error"), None),
        span(Outcome::Cancelled, Some(extra)),
    ]
    .map(|span| record_of(span, &values(), clock::now()))
    .into()
}

/// A chunk as a thread has filled it.
fn chunk(records: &[Vec<u64>]) -> std::sync::Arc<Chunk> {
    let cells: Vec<u64> = records.concat();
    let chunk = Chunk::with_cells(cells.len());
    let room = chunk.room(0, cells.len()).unwrap();
    for (slot, cell) in room.iter().zip(&cells) {
        slot.store(*cell, std::sync::atomic::Ordering::Relaxed);
    }
    chunk.publish(cells.len());
    chunk
}

#[test]
fn once_its_buffers_have_grown_copying_looking_and_encoding_allocate_nothing() {
    let privacy = Privacy::default();
    let (ledger, findings) = (Ledger::default(), Findings::default());
    let firewall = Firewall::new(&privacy, &ledger, &findings);
    let (mut names, mut records_held) = (Names::default(), Records::default());
    let mut batch = Batch::new(encoder(256, true), usize::MAX);
    let mut round = |chunk: &Chunk| {
        records_held.clear();
        records_held.copy(chunk.take());
        batch.begin();
        let mut outgoing = Outgoing {
            records: records_held.all(),
            firewall: &firewall,
            silent: &firewall,
            names: &mut names,
        };
        let mut left = outgoing.records.iter();
        let filled = batch.fill(&mut left, &mut outgoing);
        assert!(filled.is_last && filled.report.failed == 0);
        assert_eq!(batch.spans(), 3);
        let Whole { buffer, group, .. } = batch.finish();
        batch.give_back(group, buffer);
    };
    let records = records();
    let chunks = [(); 3].map(|()| chunk(&records));
    round(&chunks[0]);
    round(&chunks[1]);
    let counted = measure(|| round(&chunks[2]));
    assert_eq!(counted.count_total, 0, "{counted:?}");
}
