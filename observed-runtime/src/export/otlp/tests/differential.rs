use std::sync::LazyLock;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use proptest::prelude::*;

use super::spans::{privacies, records};
use super::{RESOURCE, decoded, encoder};
use crate::bridge::SpanContexts;
use crate::config::Privacy;
use crate::export::firewall::{Findings, Firewall};
use crate::export::io::Io;
use crate::export::otlp::sdk;
use crate::export::span_data::to_span_data;
use crate::pipeline::ledger::{Count, Ledger, Totals};
use crate::record::clock::Converter;
use crate::record::intern::Names;
use crate::record::span_codec::finished;

static IO: LazyLock<Io> = LazyLock::new(|| Io::start().unwrap());

/// What was exported, and what the accounts say of it.
#[derive(Debug, PartialEq)]
struct Outcome {
    request: ExportTraceServiceRequest,
    bytes: usize,
    counts: Vec<(Count, u64)>,
    withheld: Vec<(&'static str, &'static str, &'static str, u64)>,
    left_out: String,
}

#[derive(Default)]
struct Accounts {
    ledger: Ledger,
    findings: Findings,
}

impl Accounts {
    fn of(&self, bytes: &[u8]) -> Outcome {
        let mut totals = Totals::default();
        totals.add(&std::iter::once(&self.ledger));
        let counts = Count::ALL.iter().map(|count| (*count, totals.of(*count)));
        let withheld = self.findings.withheld().into_iter();
        let mut request = decoded(bytes);
        for resource in &mut request.resource_spans {
            let scope = |scope: &opentelemetry_proto::tonic::common::v1::InstrumentationScope| {
                (scope.name.clone(), scope.version.clone())
            };
            resource
                .scope_spans
                .sort_by_key(|spans| spans.scope.as_ref().map(scope));
        }
        Outcome {
            request,
            bytes: bytes.len(),
            counts: counts.collect(),
            withheld: withheld
                .map(|it| (it.span, it.key, it.looks_like, it.count))
                .collect(),
            left_out: format!("{:?}", self.findings.left_out()),
        }
    }
}

/// By both ways, with the times of one clock.
fn both(records: &[Vec<u64>], privacy: &Privacy, code: bool) -> (Outcome, Outcome) {
    let (ours, theirs) = (Accounts::default(), Accounts::default());
    let (clock, mut names) = (Converter::new(), Names::default());

    let mut encoder = encoder(privacy.max_text, code);
    let firewall = Firewall::new(privacy, &ours.ledger, &ours.findings);
    for record in records {
        let added = encoder.add(record, &firewall, &mut names, &clock);
        assert!(added.is_some());
    }
    let mut bytes = Vec::new();
    encoder.request.write(&mut bytes);
    assert_eq!(
        (encoder.request.len(), encoder.request.spans),
        (bytes.len(), records.len())
    );

    let firewall = Firewall::new(privacy, &theirs.ledger, &theirs.findings);
    let spans = records.iter().map(|record| {
        let mut span = finished(record, &mut names).unwrap();
        firewall.pass(&mut span);
        to_span_data(span, code, &clock, &mut SpanContexts::default())
    });
    let spans = spans.collect();
    drop(clock);
    let sdk = sdk::Encoder::new(false, &RESOURCE).unwrap();
    let sent = sdk.encode(spans, &IO).unwrap();
    (ours.of(&bytes), theirs.of(&sent.body.message()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_field_and_every_account_is_that_of_the_sdks_encoder(
        records in prop::collection::vec(records(), 1..6),
        privacy in privacies(),
        code in any::<bool>(),
    ) {
        let (ours, theirs) = both(&records, &privacy, code);
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn any_cells_are_encoded_without_harm_and_what_is_not_read_leaves_nothing(
        record in records(),
        at in any::<prop::sample::Index>(),
        cell in prop_oneof![any::<u64>(), 0_u64..70],
        len in any::<prop::sample::Index>(),
    ) {
        let mut broken = record.clone();
        broken[at.index(record.len())] = cell;
        broken.truncate(len.index(record.len()) + 1);
        let privacy = Privacy::default();
        let accounts = Accounts::default();
        let firewall = Firewall::new(&privacy, &accounts.ledger, &accounts.findings);
        let (clock, mut names) = (Converter::new(), Names::default());
        let mut encoder = encoder(256, false);
        encoder.add(&record, &firewall, &mut names, &clock).unwrap();
        let mut bytes = Vec::new();
        encoder.request.write(&mut bytes);
        let was_read = encoder.add(&broken, &firewall, &mut names, &clock).is_some();
        // What is withheld before its end is seen need not be a text to its end.
        prop_assert!(was_read || finished(&broken, &mut names).is_none());
        let mut after = Vec::new();
        encoder.request.write(&mut after);
        prop_assert_eq!(bytes == after, !was_read);
        decoded(&after);
    }
}
