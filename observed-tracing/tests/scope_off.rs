//! In a process of its own: a scope is switched off in the program, where a capture has all of them on.

use std::time::Duration;

use observed_runtime::{Tracing, flush, status};
use observed_tracing::{List, layer, span};
use opentelemetry_sdk::trace::InMemorySpanExporter;
use tracing::field::Empty;
use tracing_subscriber::Registry;
use tracing_subscriber::layer::SubscriberExt;

#[test]
fn a_listed_span_whose_scope_is_off_gives_nothing_of_its_own_to_the_one_around() {
    let outer = span("scope_off", "outer").number("status");
    let inner = span("scope_off", "inner")
        .scope("noisy")
        .public("table_kind");
    let list = List::new().with(outer).with(inner);
    let exporter = InMemorySpanExporter::default();
    let tracing = Tracing::builder("listed")
        .settings([
            ("TRACING_ENABLED", "1"),
            ("OTEL_TRACES_SAMPLER", "always_on"),
            ("OTEL_TRACES_EXPORTER", "none"),
            ("OBSERVED_NOISY_ENABLED", "0"),
        ])
        .with_exporter(exporter.clone())
        .init();
    let subscriber = Registry::default().with(layer(&list).unwrap());
    tracing::subscriber::with_default(subscriber, || {
        let outer = tracing::info_span!("outer", status = 7_u64);
        outer.in_scope(|| {
            let inner = tracing::info_span!(parent: &outer, "inner", table_kind = Empty);
            inner.in_scope(|| inner.record("table_kind", "select 1"));
        });
    });
    assert!(flush(Duration::from_secs(20)));
    let spans = exporter.get_finished_spans().unwrap();
    assert_eq!(spans.len(), 1, "{spans:?}");
    assert!(!format!("{spans:?}").contains("select"), "{spans:?}");
    assert_eq!(status().spans.attributes_lost, 0);
    drop(tracing);
}
