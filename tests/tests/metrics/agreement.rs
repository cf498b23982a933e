//! OpenTelemetry's meter and Prometheus' text say the same.

use std::collections::BTreeMap;

use observed_runtime::metrics;
use observed_runtime::status;
use observed_runtime::testing::FakeExporter;
use opentelemetry::KeyValue;
use opentelemetry::metrics::MeterProvider;
use opentelemetry_sdk::metrics::data::{
    AggregatedMetrics, Metric, MetricData, ResourceMetrics, ScopeMetrics,
};
use opentelemetry_sdk::metrics::{InMemoryMetricExporter, PeriodicReader, SdkMeterProvider};

use crate::scenario::in_a_process_of_its_own;
use crate::text::{samples, some_work, started};

#[test]
fn a_meter_observes_what_the_text_says() {
    in_a_process_of_its_own(|| {
        let exporter = FakeExporter::default();
        let _tracing = started(&exporter);
        some_work(&exporter);
        let observed = collected();
        let text = status().to_prometheus();
        let written = samples(&text).into_iter().map(|(series, value)| {
            let labels = series.split_once('{').map_or("", |(_, labels)| labels);
            let mut labels: Vec<&str> = labels.trim_end_matches('}').split(',').collect();
            labels.sort_unstable();
            let name = series.split('{').next().unwrap();
            (
                format!("{name} {}", labels.join(",")),
                value.parse().unwrap(),
            )
        });
        let written: BTreeMap<String, f64> = written.collect();
        assert_eq!(observed, written);
        assert!(observed.values().filter(|value| **value > 0.0).count() > 8);
    });
}

/// Everything that a reader of the SDK collects once, by the names of Prometheus.
fn collected() -> BTreeMap<String, f64> {
    let exporter = InMemoryMetricExporter::default();
    let reader = PeriodicReader::builder(exporter.clone()).build();
    let provider = SdkMeterProvider::builder().with_reader(reader).build();
    metrics::observe(&provider.meter("observed-runtime"));
    provider.force_flush().unwrap();
    let finished = exporter.get_finished_metrics().unwrap();
    let scopes = finished.iter().flat_map(ResourceMetrics::scope_metrics);
    let collected = scopes
        .flat_map(ScopeMetrics::metrics)
        .flat_map(points)
        .collect();
    provider.shutdown().unwrap();
    collected
}

fn points(metric: &Metric) -> Vec<(String, f64)> {
    match metric.data() {
        AggregatedMetrics::U64(data) => values(metric, data, |value| value as f64),
        AggregatedMetrics::I64(data) => values(metric, data, |value| value as f64),
        AggregatedMetrics::F64(data) => values(metric, data, |value| value),
    }
}

fn values<N: Copy>(
    metric: &Metric,
    data: &MetricData<N>,
    value: impl Fn(N) -> f64,
) -> Vec<(String, f64)> {
    let of_table = metrics::all()
        .find(|known| known.name == metric.name())
        .unwrap();
    assert_eq!(
        (metric.unit(), metric.description()),
        (of_table.unit, of_table.help)
    );
    let series = |attributes: &mut dyn Iterator<Item = &KeyValue>| {
        let mut labels: Vec<String> = attributes
            .map(|label| {
                format!(
                    "{}=\"{}\"",
                    label.key.as_str().replace('.', "_"),
                    label.value
                )
            })
            .collect();
        labels.sort_unstable();
        format!("{} {}", of_table.prometheus_name(), labels.join(","))
    };
    match data {
        MetricData::Sum(sum) => {
            assert_eq!(
                sum.is_monotonic(),
                of_table.kind() == metrics::Kind::Counter
            );
            let points = sum.data_points();
            points
                .map(|point| (series(&mut point.attributes()), value(point.value())))
                .collect()
        }
        MetricData::Gauge(gauge) => {
            let points = gauge.data_points();
            points
                .map(|point| (series(&mut point.attributes()), value(point.value())))
                .collect()
        }
        _ => panic!("{} is no histogram", metric.name()),
    }
}
