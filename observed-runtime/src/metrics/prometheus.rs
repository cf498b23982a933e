//! The table as Prometheus text.

use std::fmt::{Display, Write};

use super::metric::{Kind, Metric, Points, Reading, prometheus_key};
use super::table;
use crate::status::Status;

/// What [`Status::to_prometheus`] is as an HTTP body: the text format, version 0.0.4.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

impl Status {
    /// Returns the account as Prometheus text, to be served with [`metrics::CONTENT_TYPE`](crate::metrics::CONTENT_TYPE).
    ///
    /// ```
    /// let text = observed_runtime::status().to_prometheus();
    /// assert!(text.contains("# TYPE otel_sdk_span_started_total counter\n"));
    /// ```
    #[must_use]
    pub fn to_prometheus(&self) -> String {
        let mut text = String::with_capacity(12 * 1024);
        for metric in table::all() {
            match metric.reading {
                Reading::Counter(read) => write(&mut text, metric, read(self)),
                Reading::UpDownCounter(read) => write(&mut text, metric, read(self)),
                Reading::Gauge(read) => write(&mut text, metric, read(self)),
            }
        }
        text
    }
}

/// Writes a metric, unless it has no value now.
fn write<N: Display>(text: &mut String, metric: &Metric, points: Points<N>) {
    if points.is_empty() {
        return;
    }
    let name = metric.prometheus_name();
    let kind = match metric.kind() {
        Kind::Counter => "counter",
        Kind::UpDownCounter | Kind::Gauge => "gauge",
    };
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "# HELP {name} {}\n# TYPE {name} {kind}", metric.help);
    for (labels, value) in points {
        let shown: Vec<String> = labels
            .iter()
            .map(|(key, value)| format!("{}=\"{value}\"", prometheus_key(key)))
            .collect();
        let _ = match &*shown {
            [] => writeln!(text, "{name} {value}"),
            shown => writeln!(text, "{name}{{{}}} {value}", shown.join(",")),
        };
    }
}
