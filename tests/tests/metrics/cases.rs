//! The tests of the alert rules as `promtool test rules` reads them: a healthy program raises none, and each fault its own alone.

use std::collections::BTreeMap;

use observed_runtime::metrics::{self, Metric};
use observed_runtime::status;
use serde::Serialize;

use crate::alerts::{ALERTS, Alert, Series};
use crate::rules::annotations;

const HEAD: &str = "\
# Tests of alerts.yml, for `promtool test rules`. Made of the table of metrics and not written by hand.
";

/// When the alerts are asked for: later than any of them waits, and within the values.
const ASKED_AT: &str = "25m";

type Labels = BTreeMap<String, String>;

#[derive(Serialize)]
struct File {
    rule_files: [&'static str; 1],
    evaluation_interval: &'static str,
    tests: Vec<Case>,
}

#[derive(Serialize)]
struct Case {
    name: String,
    interval: &'static str,
    input_series: Vec<Input>,
    alert_rule_test: Vec<Expected>,
}

#[derive(Serialize)]
struct Input {
    series: String,
    values: String,
}

#[derive(Serialize)]
struct Expected {
    eval_time: &'static str,
    alertname: &'static str,
    exp_alerts: Vec<Fired>,
}

#[derive(Serialize)]
struct Fired {
    exp_labels: Labels,
    exp_annotations: BTreeMap<&'static str, &'static str>,
}

pub(crate) fn yaml() -> String {
    let healthy = case("a healthy program".to_owned(), None);
    let faults = ALERTS
        .iter()
        .map(|alert| case(format!("the fault of {}", alert.name), Some(alert)));
    let file = File {
        rule_files: ["alerts.yml"],
        evaluation_interval: "30s",
        tests: std::iter::once(healthy).chain(faults).collect(),
    };
    format!("{HEAD}{}", serde_saphyr::to_string(&file).unwrap())
}

fn case(name: String, of: Option<&Alert>) -> Case {
    let faults = of.map_or(&[][..], |alert| alert.fault);
    Case {
        name,
        interval: "30s",
        input_series: asked_for()
            .flat_map(|metric| inputs(metric, faults))
            .collect(),
        alert_rule_test: ALERTS.iter().map(|alert| expected(alert, of)).collect(),
    }
}

/// The metrics that an alert names.
fn asked_for() -> impl Iterator<Item = &'static Metric> {
    let is_named = |metric: &&Metric| {
        let name = metric.prometheus_name();
        ALERTS.iter().any(|alert| alert.expression.contains(&name))
    };
    metrics::all().filter(is_named)
}

/// Every series of a metric, as the fault makes it or as it is in a healthy program.
fn inputs(metric: &Metric, faults: &[Series]) -> Vec<Input> {
    let labels = series(metric);
    for fault in faults.iter().filter(|fault| fault.metric == metric.name) {
        let meant = labels.iter().filter(|labels| is_of(fault, labels)).count();
        assert_eq!(meant, 1, "{}: {:?}", fault.metric, fault.label);
    }
    let of_labels = |labels: Labels| {
        let fault = faults
            .iter()
            .find(|fault| fault.metric == metric.name && is_of(fault, &labels));
        Input {
            series: shown(metric, &labels),
            values: match fault {
                Some(fault) => fault.values.to_owned(),
                None => healthy(metric.name, &labels),
            },
        }
    };
    labels.into_iter().map(of_labels).collect()
}

/// True where the label of the fault is there, or where it has none and is the whole metric.
fn is_of(fault: &Series, labels: &Labels) -> bool {
    fault.label.is_none_or(|(key, value)| {
        labels
            .get(&key.replace('.', "_"))
            .is_some_and(|is| is == value)
    })
}

/// The labels of each series of a metric, in Prometheus' letters, with those of a target.
fn series(metric: &Metric) -> Vec<Labels> {
    let of_program = |labels: Vec<(&str, &str)>| {
        // Where nothing is initialised there is no exporter.
        let exporter = |value: &str| value.replace("none", "otlp_grpc_span_exporter");
        let own = labels
            .into_iter()
            .map(|(key, value)| (key.replace('.', "_"), exporter(value)));
        let target = [("job", "shop"), ("instance", "shop:8000")];
        let target = target.map(|(key, value)| (key.to_owned(), value.to_owned()));
        own.chain(target).collect()
    };
    let all = metric.series(&status());
    all.into_iter().map(of_program).collect()
}

fn shown(metric: &Metric, labels: &Labels) -> String {
    let labels: Vec<String> = labels
        .iter()
        .map(|(key, value)| format!("{key}=\"{value}\""))
        .collect();
    format!("{}{{{}}}", metric.prometheus_name(), labels.join(","))
}

/// What a healthy program's series looks like.
fn healthy(metric: &str, labels: &Labels) -> String {
    let word = |key: &str| labels.get(key).map(String::as_str);
    let state = word("observed_state").or(word("observed_mode"));
    match (
        metric,
        state,
        word("error_type").or(word("observed_reason")),
    ) {
        (_, Some("enabled" | "exporting" | "drop"), _) => "1x60".to_owned(),
        ("otel.sdk.processor.span.queue.capacity", ..) => "32768x60".to_owned(),
        ("otel.sdk.processor.span.queue.size", ..) => "200x60".to_owned(),
        ("observed.span.oldest_open", ..) => "2x60".to_owned(),
        // Where spans move while they are counted.
        ("observed.span.unaccounted", ..) => "0 1 0 -1 ".repeat(15),
        ("otel.sdk.processor.span.processed" | "otel.sdk.exporter.span.exported", _, None)
        | ("observed.trace.unrecorded", _, Some("unsampled")) => "0+100x60".to_owned(),
        _ => "0x60".to_owned(),
    }
}

fn expected(alert: &Alert, of: Option<&Alert>) -> Expected {
    let fires = of.is_some_and(|of| of.name == alert.name);
    Expected {
        eval_time: ASKED_AT,
        alertname: alert.name,
        exp_alerts: fires.then(|| fired(alert)).into_iter().collect(),
    }
}

fn fired(alert: &Alert) -> Fired {
    let first = &alert.fault[0];
    let metric = metrics::all().find(|metric| metric.name == first.metric);
    let labels = series(metric.expect("the table has the fault's metric"));
    let labels = labels.into_iter().find(|labels| is_of(first, labels));
    let mut exp_labels = labels.expect("the metric has the fault's label");
    exp_labels.insert("severity".to_owned(), alert.severity.as_str().to_owned());
    Fired {
        exp_labels,
        exp_annotations: annotations(alert),
    }
}
