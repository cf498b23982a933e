//! What tracing does at the moment, and how it is set.

use super::labels::{one_of, plain};
use crate::metrics::metric::{Metric, Points, Reading};
use crate::status::{State, Status, WorkerState};

const STATE: &str = "observed.state";
const MODE: &str = "observed.mode";

pub(super) const METRICS: &[Metric] = &[
    Metric {
        name: "observed.tracing.state",
        unit: "{state}",
        help: "1 for the state of tracing, 0 for the others.",
        reading: Reading::Gauge(|status| one_of(STATE, State::WORDS, status.state.as_str())),
    },
    Metric {
        name: "observed.worker.state",
        unit: "{state}",
        help: "1 for what the worker does, 0 for the others.",
        reading: Reading::Gauge(|status| one_of(STATE, WorkerState::WORDS, status.worker.as_str())),
    },
    Metric {
        name: "observed.firewall.mode",
        unit: "{state}",
        help: "1 for what the firewall does with what looks like personal data, 0 for the others.",
        reading: Reading::Gauge(|status| {
            one_of(MODE, &["drop", "mask", "off"], status.firewall.mode)
        }),
    },
    Metric {
        name: "observed.lock.mode",
        unit: "{state}",
        help: "1 for what happens to spans that are not reviewed, 0 for the others.",
        reading: Reading::Gauge(|status| {
            one_of(MODE, &["enforce", "warn", "off"], status.lock.mode)
        }),
    },
    Metric {
        name: "observed.sampling.rate",
        unit: "1",
        help: "The share of traces that is to be recorded, as set.",
        reading: Reading::Gauge(|status| plain(status.sampling_rate)),
    },
    Metric {
        name: "observed.sampling.effective_rate",
        unit: "1",
        help: "The share of traces that were recorded since the start.",
        reading: Reading::Gauge(|status| optional(status.effective_sampling_rate)),
    },
    Metric {
        name: "observed.budget.admitted",
        unit: "1",
        help: "The share of the sampled traces that the overhead budget has room for.",
        reading: Reading::Gauge(|status| optional(admitted(status))),
    },
    Metric {
        name: "observed.setting.ignored",
        unit: "{setting}",
        help: "Settings that are ignored.",
        reading: Reading::Gauge(|status| plain(status.warnings.len() as f64)),
    },
];

fn optional(value: Option<f64>) -> Points<f64> {
    value.map_or_else(Points::new, plain)
}

fn admitted(status: &Status) -> Option<f64> {
    status.budget.map(|budget| budget.admitted)
}
