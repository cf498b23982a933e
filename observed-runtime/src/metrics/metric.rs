//! One metric: its names, and how it is read from a status.

use crate::status::Status;

/// What may happen to a metric's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It only grows while the program runs.
    Counter,
    /// It grows and shrinks, and the sum over processes is a number of its own.
    UpDownCounter,
    /// It is what it is at the moment.
    Gauge,
}

/// A metric of the table.
#[derive(Debug)]
pub struct Metric {
    /// Its name as OpenTelemetry writes it, `otel.sdk.span.started`.
    pub name: &'static str,
    /// Its unit in UCUM: `s`, `1` for a share, `{span}` for a number of spans.
    pub unit: &'static str,
    /// What it counts, in one sentence.
    pub help: &'static str,
    pub(super) reading: Reading,
}

/// The values of a metric, each with the labels that tell it from the others.
pub(super) type Points<N> = Vec<(Labels, N)>;

/// Keys as OpenTelemetry writes them, with their values.
pub(super) type Labels = Vec<(&'static str, &'static str)>;

#[derive(Clone, Copy, Debug)]
pub(super) enum Reading {
    Counter(fn(&Status) -> Points<u64>),
    UpDownCounter(fn(&Status) -> Points<i64>),
    Gauge(fn(&Status) -> Points<f64>),
}

impl Metric {
    /// What may happen to its value.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.reading {
            Reading::Counter(_) => Kind::Counter,
            Reading::UpDownCounter(_) => Kind::UpDownCounter,
            Reading::Gauge(_) => Kind::Gauge,
        }
    }

    /// Returns its name in Prometheus, as OpenTelemetry's rules make it: `otel_sdk_span_started_total`.
    #[must_use]
    pub fn prometheus_name(&self) -> String {
        let unit = match (self.unit, self.kind()) {
            ("s", _) => "_seconds",
            ("1", Kind::Gauge) => "_ratio",
            _ => "",
        };
        let total = match self.kind() {
            Kind::Counter => "_total",
            Kind::UpDownCounter | Kind::Gauge => "",
        };
        format!("{}{unit}{total}", prometheus_key(self.name))
    }

    /// Returns its series in a status, each as its labels; keys as OpenTelemetry writes them.
    #[must_use]
    pub fn series(&self, status: &Status) -> Vec<Vec<(&'static str, &'static str)>> {
        fn labels<N>(points: Points<N>) -> Vec<Labels> {
            points.into_iter().map(|(labels, _)| labels).collect()
        }
        match self.reading {
            Reading::Counter(read) => labels(read(status)),
            Reading::UpDownCounter(read) => labels(read(status)),
            Reading::Gauge(read) => labels(read(status)),
        }
    }
}

/// Returns a name or a key with the letters that Prometheus allows.
pub(super) fn prometheus_key(name: &str) -> String {
    name.replace('.', "_")
}
