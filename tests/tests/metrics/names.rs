//! The names are OpenTelemetry's where it has one.

use std::collections::BTreeSet;

use observed_runtime::metrics;
use observed_runtime::status;
use opentelemetry_semantic_conventions::{attribute, metric};

#[test]
fn what_is_named_otel_is_in_the_semantic_conventions() {
    let expected = BTreeSet::from([
        metric::OTEL_SDK_SPAN_STARTED,
        metric::OTEL_SDK_SPAN_LIVE,
        metric::OTEL_SDK_PROCESSOR_SPAN_QUEUE_SIZE,
        metric::OTEL_SDK_PROCESSOR_SPAN_QUEUE_CAPACITY,
        metric::OTEL_SDK_PROCESSOR_SPAN_PROCESSED,
        metric::OTEL_SDK_EXPORTER_SPAN_INFLIGHT,
        metric::OTEL_SDK_EXPORTER_SPAN_EXPORTED,
    ]);
    let names = metrics::all().map(|metric| metric.name);
    let of_conventions: BTreeSet<&str> = names
        .filter(|name| !name.starts_with("observed."))
        .collect();
    assert_eq!(of_conventions, expected);
}

#[test]
fn labels_are_keys_of_the_semantic_conventions_or_ours() {
    let conventions = [
        attribute::ERROR_TYPE,
        attribute::OTEL_COMPONENT_NAME,
        attribute::OTEL_COMPONENT_TYPE,
        attribute::OTEL_SPAN_SAMPLING_RESULT,
    ];
    for metric in metrics::all() {
        for (key, _) in metric.series(&status()).into_iter().flatten() {
            let is_known = conventions.contains(&key) || key.starts_with("observed.");
            assert!(is_known, "{}: {key}", metric.name);
        }
    }
}

#[test]
fn no_two_metrics_share_a_name_in_prometheus() {
    let all: Vec<String> = metrics::all()
        .map(metrics::Metric::prometheus_name)
        .collect();
    let different: BTreeSet<&String> = all.iter().collect();
    assert_eq!(different.len(), all.len(), "{all:?}");
}
