//! The tables of `docs/metrics.md`.

use std::collections::BTreeMap;
use std::fmt::Write;

use observed_runtime::metrics::{self, Kind, Metric};
use observed_runtime::status;

use crate::alerts::{ALERTS, Alert};

/// Puts the tables of today where the text marks their places.
pub(crate) fn with_tables(text: &str) -> String {
    let with_metrics = between(text, "metrics", &metrics_table());
    between(&with_metrics, "alerts", &alerts_table())
}

/// Replaces what stands between the marks.
fn between(text: &str, mark: &str, table: &str) -> String {
    let (begin, end) = (
        format!("<!-- {mark} -->\n"),
        format!("<!-- end of {mark} -->"),
    );
    let (before, rest) = text
        .split_once(&begin)
        .expect("the document marks the begin");
    let (_, after) = rest.split_once(&end).expect("the document marks the end");
    format!("{before}{begin}{table}{end}{after}")
}

fn metrics_table() -> String {
    let mut table = String::new();
    for group in metrics::groups() {
        let title = group.title;
        writeln!(table, "\n**{title}**\n").unwrap();
        table.push_str("| OpenTelemetry | Prometheus | kind, unit | labels | what it says |\n");
        table.push_str("| --- | --- | --- | --- | --- |\n");
        for metric in group.metrics {
            table.push_str(&metric_row(metric));
        }
    }
    table.push('\n');
    table
}

fn metric_row(metric: &Metric) -> String {
    let kind = match metric.kind() {
        Kind::Counter => "counter",
        Kind::UpDownCounter => "up-down counter",
        Kind::Gauge => "gauge",
    };
    let Metric {
        name, unit, help, ..
    } = metric;
    let prometheus = metric.prometheus_name();
    let labels = labels(metric);
    format!("| `{name}` | `{prometheus}` | {kind}, `{unit}` | {labels} | {help} |\n")
}

/// The keys, and the words of those that have several.
fn labels(metric: &Metric) -> String {
    let mut words: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, word) in metric.series(&status()).into_iter().flatten() {
        let known = words.entry(key).or_default();
        if !known.contains(&word) {
            known.push(word);
        }
    }
    let shown = words.into_iter().map(|(key, words)| match &*words {
        [_] => format!("`{key}`"),
        words => format!("`{key}`: {}", words.join(", ")),
    });
    shown.collect::<Vec<_>>().join("; ")
}

fn alerts_table() -> String {
    let mut table = String::from(
        "\n| alert | severity | after | what is wrong | do |\n| --- | --- | --- | --- | --- |\n",
    );
    for alert in ALERTS {
        let Alert {
            name,
            minutes,
            summary,
            remedy,
            ..
        } = alert;
        let severity = alert.severity.as_str();
        let after = match minutes {
            0 => "at once".to_owned(),
            minutes => format!("{minutes} min"),
        };
        writeln!(
            table,
            "| `{name}` | {severity} | {after} | {summary} | {remedy} |"
        )
        .unwrap();
    }
    table.push('\n');
    table
}
