//! The table as a dashboard of Grafana: a row for each group, a panel for each metric.

use observed_runtime::metrics::{self, Kind, Metric};
use observed_runtime::status;
use serde_json::{Value, json};

const COLUMNS: usize = 3;
const WIDTH: usize = 24 / COLUMNS;
const HEIGHT: usize = 7;

pub(crate) fn json() -> String {
    let mut panels = vec![alerts()];
    let mut y = HEIGHT;
    for group in metrics::groups() {
        panels.push(row(group.title, y));
        y += 1;
        for (at, metric) in group.metrics.iter().enumerate() {
            let (x, down) = (at % COLUMNS * WIDTH, at / COLUMNS * HEIGHT);
            panels.push(panel(metric, x, y + down));
        }
        y += group.metrics.len().div_ceil(COLUMNS) * HEIGHT;
    }
    for (id, panel) in panels.iter_mut().enumerate() {
        panel["id"] = json!(id + 1);
    }
    let dashboard = json!({
        "uid": "observed-tracing",
        "title": "observed: tracing",
        "description": "The account of spans. Made of the table of metrics and not by hand.",
        "tags": ["observed", "tracing"],
        "schemaVersion": 39,
        "editable": true,
        "refresh": "30s",
        "time": { "from": "now-1h", "to": "now" },
        "templating": { "list": [source(), variable("job", ""), variable("instance", r#"{job=~"$job"}"#)] },
        "panels": panels,
    });
    serde_json::to_string_pretty(&dashboard).unwrap() + "\n"
}

fn source() -> Value {
    json!({ "name": "source", "label": "Prometheus", "type": "datasource", "query": "prometheus" })
}

fn variable(label: &str, of: &str) -> Value {
    let query = format!("label_values(observed_tracing_state{of}, {label})");
    json!({
        "name": label, "type": "query", "datasource": datasource(), "query": query, "definition": query,
        "includeAll": true, "multi": true, "refresh": 2, "current": { "text": "All", "value": "$__all" },
    })
}

fn datasource() -> Value {
    json!({ "type": "prometheus", "uid": "${source}" })
}

fn row(title: &str, y: usize) -> Value {
    json!({
        "type": "row", "title": title, "collapsed": false, "panels": [],
        "gridPos": { "x": 0, "y": y, "w": 24, "h": 1 },
    })
}

fn alerts() -> Value {
    json!({
        "type": "state-timeline", "title": "Alerts",
        "description": "Those of alerts.yml that wait or fire.",
        "datasource": datasource(), "gridPos": { "x": 0, "y": 0, "w": 24, "h": HEIGHT },
        "targets": [{
            "refId": "A", "datasource": datasource(), "legendFormat": "{{alertname}} {{instance}} {{alertstate}}",
            "expr": r#"ALERTS{alertname=~"Observed.+",job=~"$job",instance=~"$instance"}"#,
        }],
    })
}

fn panel(metric: &Metric, x: usize, y: usize) -> Value {
    let is_state = metric.unit == "{state}";
    json!({
        "type": if is_state { "state-timeline" } else { "timeseries" },
        "title": metric.name, "description": metric.help,
        "datasource": datasource(),
        "fieldConfig": { "defaults": { "unit": unit(metric), "min": lowest(metric) }, "overrides": [] },
        "gridPos": { "x": x, "y": y, "w": WIDTH, "h": HEIGHT },
        "targets": [{
            "refId": "A", "datasource": datasource(),
            "expr": expression(metric, is_state), "legendFormat": legend(metric),
        }],
    })
}

fn expression(metric: &Metric, is_state: bool) -> String {
    let name = metric.prometheus_name();
    let chosen = format!(r#"{name}{{job=~"$job",instance=~"$instance"}}"#);
    match metric.kind() {
        Kind::Counter => format!("rate({chosen}[$__rate_interval])"),
        Kind::Gauge if is_state => format!("{chosen} == 1"),
        Kind::UpDownCounter | Kind::Gauge => chosen,
    }
}

/// The instance, and what tells the series of one metric apart.
fn legend(metric: &Metric) -> String {
    let mut keys = vec!["instance".to_owned()];
    for (key, _) in metric.series(&status()).into_iter().flatten() {
        let key = key.replace('.', "_");
        let tells = !key.starts_with("otel_component_") && key != "otel_span_sampling_result";
        if tells && !keys.contains(&key) {
            keys.push(key);
        }
    }
    let shown: Vec<String> = keys.iter().map(|key| format!("{{{{{key}}}}}")).collect();
    shown.join(" ")
}

fn unit(metric: &Metric) -> &'static str {
    match (metric.unit, metric.kind()) {
        ("s", _) => "s",
        ("1", _) => "percentunit",
        (_, Kind::Counter) => "cps",
        _ => "short",
    }
}

/// Of all metrics one may be below zero.
fn lowest(metric: &Metric) -> Value {
    if metric.name == "observed.span.unaccounted" {
        Value::Null
    } else {
        json!(0)
    }
}
