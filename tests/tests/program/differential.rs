//! R4: annotated or not, on or off, sampled or not, a function behaves the same.
//!
//! The transcripts of the plain build and of the build that is annotated and compiled out come from nested cargo calls;
//! the recording build is this very binary, from the same source.

#[path = "../../fixtures/shapes/src/shapes/mod.rs"]
mod shapes;

use std::collections::BTreeMap;
use std::time::Duration;

use observed_runtime::testing::capture;
use observed_runtime::{Tracing, flush, status};

use crate::fixture;
use crate::scenario::in_a_process_of_its_own;
use observed_runtime::testing::{FakeExporter, Manner};

/// What a future may grow by where spans are recorded, in bytes.
const BUDGET: usize = 24;
/// The size that this many bytes of arguments are rounded up to.
const ALIGNMENT: usize = 8;

/// The plain transcript, without the shapes that need a crate in which unsafe code is not forbidden.
fn plain() -> String {
    let lines: Vec<String> = fixture::run("shapes")
        .lines()
        .filter(|line| !line.starts_with("unsafe "))
        .map(|line| format!("{line}\n"))
        .collect();
    lines.concat()
}

/// Compares two transcripts line by line; sizes of futures may differ within the budget.
fn assert_same(plain: &str, other: &str, mode: &str) {
    let mut cases = 0;
    for (plain, other) in plain.lines().zip(other.lines()) {
        match (plain.strip_prefix("size "), other.strip_prefix("size ")) {
            (Some(plain), Some(other)) => assert_within_budget(plain, other),
            _ => assert_eq!(plain, other, "{mode}"),
        }
        cases += 1;
    }
    assert_eq!(plain.lines().count(), other.lines().count(), "{mode}");
    assert!(cases > 1_000, "{mode}: only {cases} cases");
}

fn assert_within_budget(plain: &str, other: &str) {
    let size = |line: &str| -> (String, usize) {
        let (name, bytes) = line.split_once(": ").unwrap();
        (name.to_owned(), bytes.parse().unwrap())
    };
    let ((name, plain), (same, other)) = (size(plain), size(other));
    assert_eq!(name, same);
    let allowed = plain.next_multiple_of(ALIGNMENT) + BUDGET;
    assert!(
        other <= allowed,
        "{name}: {plain} bytes plain, {other} annotated, {allowed} allowed"
    );
}

#[test]
fn compiled_out_the_transcript_is_the_same_sizes_of_futures_included() {
    let (plain, annotated) = (fixture::run("shapes"), fixture::run("shapes_annotated"));
    for (plain, annotated) in plain.lines().zip(annotated.lines()) {
        assert_eq!(plain, annotated);
    }
    assert_eq!(plain.len(), annotated.len());
    assert!(
        plain.contains("unsafe unsafe_function"),
        "the shapes with unsafe code are missing"
    );
}

#[test]
fn compiled_in_and_off_the_transcript_is_the_same() {
    in_a_process_of_its_own(|| assert_same(&plain(), &shapes::transcript(), "off"));
}

#[test]
fn sampled_the_transcript_is_the_same_and_every_span_is_accounted_for() {
    in_a_process_of_its_own(|| {
        let (transcript, capture) = capture(shapes::transcript);
        assert_same(&plain(), &transcript, "sampled");
        let account = capture.accounting;
        assert!(account.adds_up() && account.open == 0, "{account:?}");
        assert_eq!(account.attributes_lost, 0);
        let mut shapes = BTreeMap::new();
        for span in &capture.spans {
            *shapes.entry(span.name).or_insert(0) += 1;
        }
        assert!(
            shapes.len() >= 60,
            "only {} shapes were recorded: {shapes:?}",
            shapes.len()
        );
    });
}

#[test]
fn unsampled_the_transcript_is_the_same() {
    in_a_process_of_its_own(|| {
        let settings = [
            ("TRACING_ENABLED", "1"),
            ("OTEL_TRACES_SAMPLER", "always_off"),
            ("OTEL_TRACES_EXPORTER", "none"),
        ];
        let _tracing = Tracing::builder("unsampled").settings(settings).init();
        assert_same(&plain(), &shapes::transcript(), "unsampled");
        let spans = status().spans;
        assert!(spans.started == 0 && spans.unsampled > 1_000, "{spans:?}");
    });
}

#[test]
fn with_an_exporter_that_fails_the_transcript_is_the_same() {
    in_a_process_of_its_own(|| {
        let settings = [
            ("TRACING_ENABLED", "1"),
            ("OTEL_TRACES_SAMPLER", "always_on"),
            ("OTEL_TRACES_EXPORTER", "none"),
        ];
        let exporter = FakeExporter::with_manner(Manner::Fails);
        let _tracing = Tracing::builder("failing")
            .settings(settings)
            .with_exporter(exporter)
            .init();
        assert_same(&plain(), &shapes::transcript(), "failing");
        assert!(flush(Duration::from_secs(20)));
        let spans = status().spans;
        assert!(
            spans.adds_up() && spans.exported == 0 && spans.dropped.export_failed > 1_000,
            "{spans:?}"
        );
    });
}

#[test]
fn a_difference_would_be_seen() {
    let plain = plain();
    let changed = plain.replacen("drop local", "drop locale", 1);
    assert_ne!(plain, changed);
    assert!(std::panic::catch_unwind(|| assert_same(&plain, &changed, "changed")).is_err());
    let larger = plain.replacen("size never_yields: ", "size never_yields: 10", 1);
    assert!(std::panic::catch_unwind(|| assert_same(&plain, &larger, "larger")).is_err());
}
