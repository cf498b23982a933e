use proptest::prelude::*;

use super::spans::records;
use super::{decoded, encoder};
use crate::config::Privacy;
use crate::export::firewall::{Findings, Firewall};
use crate::export::otlp::batch::Batch;
use crate::export::outgoing::Outgoing;
use crate::export::report::Report;
use crate::pipeline::ledger::Ledger;
use crate::record::intern::Names;
use crate::record::records::Records;
use opentelemetry_proto::tonic::trace::v1::Span;

/// The spans of each request, its size, and what became of the others.
fn requests(records: &Records, most: usize) -> (Vec<(Vec<Span>, usize)>, Report) {
    let privacy = Privacy::default();
    let (ledger, findings) = (Ledger::default(), Findings::default());
    let firewall = Firewall::new(&privacy, &ledger, &findings);
    let mut outgoing = Outgoing {
        records: records.all(),
        firewall: &firewall,
        silent: &firewall,
        names: &mut Names::default(),
    };
    let mut batch = Batch::new(encoder(256, false), most);
    let (mut requests, mut report) = (Vec::new(), Report::default());
    let mut left = outgoing.records.iter();
    batch.begin();
    loop {
        let filled = batch.fill(&mut left, &mut outgoing);
        report = report.and(filled.report);
        let count = batch.spans();
        if count > 0 {
            let (body, kept) = batch.take(false);
            let scopes = decoded(&body.message())
                .resource_spans
                .remove(0)
                .scope_spans;
            let spans = scopes.into_iter().flat_map(|scope| scope.spans);
            let spans: Vec<Span> = spans.map(without_times).collect();
            assert_eq!(spans.len(), count);
            requests.push((spans, body.message().len()));
            drop(body);
            batch.reuse(kept);
        }
        if filled.is_last {
            return (requests, report);
        }
    }
}

/// Tests beside this one move what is known of the clock by a nanosecond or two.
fn without_times(mut span: Span) -> Span {
    (span.start_time_unix_nano, span.end_time_unix_nano) = (1, 1);
    for event in &mut span.events {
        event.time_unix_nano = 1;
    }
    span
}

fn without_events(span: &Span) -> Span {
    let events = u32::try_from(span.events.len()).unwrap();
    Span {
        dropped_events_count: span.dropped_events_count + events,
        events: Vec::new(),
        ..span.clone()
    }
}

/// The size of a request with this span alone.
fn alone(records: &Records, at: usize) -> usize {
    let mut one = Records::default();
    one.push(records.all().iter().nth(at).unwrap());
    requests(&one, usize::MAX).0[0].1
}

proptest! {
    #[test]
    fn no_request_is_larger_than_it_may_be_and_only_what_is_too_large_by_itself_is_missing(
        all in prop::collection::vec(records(), 1..30),
        most in 150_usize..3_000,
    ) {
        let mut records = Records::default();
        for record in &all {
            records.push(record);
        }
        let (whole, report) = requests(&records, usize::MAX);
        prop_assert_eq!((whole.len(), report), (1, Report::default()));
        let (parts, report) = requests(&records, most);
        let sizes: Vec<usize> = parts.iter().map(|(_, bytes)| *bytes).collect();
        prop_assert!(sizes.iter().all(|bytes| *bytes <= most), "{sizes:?}");
        let sent: Vec<Span> = parts.into_iter().flat_map(|(spans, _)| spans).collect();
        prop_assert_eq!(sent.len() + report.too_large as usize, all.len());
        let (mut missing, key) = (0, |span: &Span| (span.trace_id.clone(), span.span_id.clone()));
        for span in &whole[0].0 {
            let at = all.iter().position(|record| {
                let id = [record[2].to_be_bytes(), record[3].to_be_bytes()].concat();
                id == span.trace_id && record[4].to_be_bytes() == *span.span_id
            });
            let bytes = alone(&records, at.unwrap());
            match sent.iter().find(|other| key(other) == key(span)) {
                Some(other) if bytes <= most => prop_assert_eq!(other, span),
                Some(other) => prop_assert_eq!(other, &without_events(span)),
                None => {
                    prop_assert!(bytes > most);
                    missing += 1;
                }
            }
        }
        prop_assert_eq!(missing, report.too_large);
    }
}
