//! The table of metrics, in three groups.

mod labels;
mod left_out;
mod spans;
mod state;

use super::metric::Metric;

/// Metrics that are looked at together.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// What they are about.
    pub title: &'static str,
    /// Its metrics.
    pub metrics: &'static [Metric],
}

/// Returns the table by group.
#[must_use]
pub fn groups() -> [Group; 3] {
    [
        Group {
            title: "Where spans go",
            metrics: spans::METRICS,
        },
        Group {
            title: "What is left out",
            metrics: left_out::METRICS,
        },
        Group {
            title: "State",
            metrics: state::METRICS,
        },
    ]
}

/// Returns the whole table.
pub fn all() -> impl Iterator<Item = &'static Metric> {
    groups().into_iter().flat_map(|group| group.metrics)
}

#[cfg(all(test, feature = "enable"))]
mod tests;
