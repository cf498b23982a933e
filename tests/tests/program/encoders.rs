//! R20: a receiver gets the same spans from both encoders, and from one that has another exporter beside it.

use std::collections::BTreeMap;

use observed_runtime::testing::FakeExporter;
use observed_runtime::{Accounting, State, Tracing, flush, observed, observed_event, status};
use observed_tests::receiver::{Received, Receiver};

use crate::SOON;
use crate::scenario::in_a_process_of_its_own;

#[observed(name = "prices", attrs(note = public(note), all = lines), err)]
fn prices(lines: [i64; 2], note: &str) -> Result<(), String> {
    observed_event!(name = "priced", attrs(kept = public(note)));
    Err(format!("{lines:?}"))
}

/// What a span says, without what is another in each run.
type Said = (String, BTreeMap<String, String>, String, usize);

fn said(spans: &[Received]) -> Vec<Said> {
    let spans = spans.iter();
    let mut said: Vec<Said> = spans
        .map(|span| {
            let events = format!(
                "{:?}",
                span.events
                    .iter()
                    .map(|event| &event.attributes)
                    .collect::<Vec<_>>()
            );
            (
                span.name.clone(),
                span.attributes.clone(),
                events,
                span.links,
            )
        })
        .collect();
    said.sort();
    said
}

/// What arrives of a span that failed, and the account.
fn sent(settings: &[(&str, &str)], beside: Option<&FakeExporter>) -> (Vec<Said>, Accounting) {
    let receiver = Receiver::grpc();
    let mut builder = Tracing::builder("encoders").settings([
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint().as_str()),
    ]);
    for (name, value) in settings {
        builder = builder.set(name, value);
    }
    if let Some(exporter) = beside {
        builder = builder.with_exporter(exporter.clone());
    }
    let tracing = builder.init();
    assert!(prices([1, -2], "é").is_err());
    assert!(prices([3, 4], "ana@example.com").is_err());
    assert!(flush(SOON));
    let account = status().spans;
    assert!(account.adds_up(), "{account:?}");
    drop(tracing);
    (said(&receiver.spans()), account)
}

#[test]
fn a_receiver_gets_the_same_spans_from_both_encoders() {
    in_a_process_of_its_own(|| {
        let (direct, account) = sent(&[], None);
        assert_eq!((direct.len(), account.attributes_withheld), (2, 2));
        let by_name = [("OBSERVED_OTLP_ENCODER", "direct")];
        let by_the_sdk = [("OBSERVED_OTLP_ENCODER", "sdk")];
        assert_eq!(sent(&by_name, None).0, direct);
        let (theirs, their_account) = sent(&by_the_sdk, None);
        assert_eq!(theirs, direct);
        assert_eq!(their_account.attributes_withheld, 2);
    });
}

#[test]
fn beside_another_exporter_the_spans_are_the_same_and_what_is_withheld_is_counted_once() {
    in_a_process_of_its_own(|| {
        let (alone, _) = sent(&[], None);
        let beside = FakeExporter::default();
        let (together, account) = sent(&[], Some(&beside));
        assert_eq!(together, alone);
        assert_eq!((beside.count(), account.exported), (2, 2));
        assert_eq!(account.attributes_withheld, 2);
    });
}

#[test]
fn a_trace_that_is_kept_because_it_failed_arrives_marked_as_a_part() {
    in_a_process_of_its_own(|| {
        let keeping = [
            ("OTEL_TRACES_SAMPLER", "always_off"),
            ("OBSERVED_KEEP_ERRORS", "1"),
        ];
        let (kept, account) = sent(&keeping, None);
        assert_eq!((kept.len(), account.exported), (2, 2));
        for (_, attributes, ..) in &kept {
            assert_eq!(attributes["observed.partial"], "bool:true");
        }
    });
}

#[test]
fn an_encoder_that_nobody_knows_leaves_tracing_off() {
    in_a_process_of_its_own(|| {
        let settings = [("TRACING_ENABLED", "1"), ("OBSERVED_OTLP_ENCODER", "other")];
        let _tracing = Tracing::builder("encoders").settings(settings).init();
        let State::Failed { reason } = status().state else {
            panic!("{:?}", status().state);
        };
        let said = "OBSERVED_OTLP_ENCODER is malformed: it takes direct or sdk";
        assert!(reason.contains(said), "{reason}");
    });
}
