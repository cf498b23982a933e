//! Which traces are recorded: the decision at the root, honoured by everything below it.

mod admission;
pub(crate) mod budget;
mod random;
mod ratio;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::identity::Context;
use crate::identity::threshold::Threshold;

pub(crate) use admission::Admission;
use random::{Random, is_drawn};
pub(crate) use ratio::Ratio;

/// What becomes of a span that starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// It is recorded.
    Record,
    /// It is recorded on trial: exported only if its trace fails or is slow.
    Trial,
    /// The sampler said no.
    Unsampled,
    /// It would be recorded, on trial or not, and the overhead budget is used up.
    OverBudget,
}

/// A decision, and by which threshold it was taken, where it is one to record and that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) decision: Decision,
    pub(crate) threshold: Option<Threshold>,
}

impl From<Decision> for Verdict {
    fn from(decision: Decision) -> Self {
        Self {
            decision,
            threshold: None,
        }
    }
}

/// The samplers of the OpenTelemetry specification that settings can name, and what this project adds to them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sampler {
    ratio: Ratio,
    /// Whether a remote parent's decision is honoured.
    parent_based: bool,
    /// Whether a remote parent that is recorded makes this service record too.
    trusts_remote: bool,
    /// Other ratios by the name of the root span.
    by_root: Arc<BTreeMap<String, Ratio>>,
    keep: Option<Keep>,
}

/// Which traces are exported although the ratio said no (`OBSERVED_KEEP_ERRORS`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Keep {
    /// Beside those that failed, those whose root took longer.
    pub(crate) slower_than: Option<Duration>,
}

impl Sampler {
    pub(crate) fn new(ratio: f64, parent_based: bool) -> Self {
        Self {
            ratio: Ratio::new(ratio),
            parent_based,
            trusts_remote: true,
            by_root: Arc::default(),
            keep: None,
        }
    }

    /// Says whether a caller's decision to record binds this service; its decision not to always does.
    pub(crate) fn trusting_remote(self, trusts_remote: bool) -> Self {
        Self {
            trusts_remote,
            ..self
        }
    }

    /// Gives roots of these names ratios of their own.
    pub(crate) fn with_roots(self, by_root: BTreeMap<String, Ratio>) -> Self {
        Self {
            by_root: Arc::new(by_root),
            ..self
        }
    }

    /// Records on trial what begins here and the ratio does not take.
    pub(crate) fn keeping(self, keep: Option<Keep>) -> Self {
        Self { keep, ..self }
    }

    pub(crate) fn ratio(&self) -> f64 {
        self.ratio.share
    }

    pub(crate) fn keep(&self) -> Option<Keep> {
        self.keep
    }

    /// Decides for the span `name` under `parent`, whose trace id is valid; `admitted` is the share of the sampled
    /// traces that the overhead budget has room for.
    pub(crate) fn decide(&self, parent: &Context, name: &str, admitted: f64) -> Verdict {
        if parent.is_a_span() && !parent.remote {
            return follow(parent);
        }
        let follows = parent.is_a_span() && self.parent_based;
        if follows && !parent.sampled {
            return Decision::Unsampled.into();
        }
        if parent.remote && !self.trusts_remote {
            return self.decide_by_key(parent.trace_id.0, name, admitted);
        }
        let random = Random::of(parent);
        let threshold = if follows {
            // One that contradicts the decision says nothing, and is not passed on.
            let theirs = parent.trace_state.threshold();
            theirs.filter(|threshold| threshold.takes(random.value))
        } else {
            let own = self.ratio_of(name).threshold;
            if !own.takes(random.value) {
                return self.leave_out(parent, admitted);
            }
            Some(own)
        };
        within_budget(threshold, &random, parent.trace_id.0, admitted)
    }

    /// What the ratio does not take: recorded on trial where it begins here, if that is wanted.
    fn leave_out(&self, parent: &Context, admitted: f64) -> Verdict {
        let decision = if self.keep.is_none() || parent.is_a_span() {
            Decision::Unsampled
        } else if is_drawn(parent.trace_id.0, admitted) {
            Decision::Trial
        } else {
            Decision::OverBudget
        };
        decision.into()
    }

    /// For a caller that is not trusted: its trace ids, random values and thresholds are of its own choice.
    fn decide_by_key(&self, trace_id: u128, name: &str, admitted: f64) -> Verdict {
        let decision = if !is_drawn(trace_id, self.ratio_of(name).share) {
            Decision::Unsampled
        } else if !is_drawn(trace_id, admitted) {
            Decision::OverBudget
        } else {
            Decision::Record
        };
        decision.into()
    }

    fn ratio_of(&self, root: &str) -> Ratio {
        if self.by_root.is_empty() {
            return self.ratio;
        }
        self.by_root.get(root).copied().unwrap_or(self.ratio)
    }
}

/// Under a span of this process there is nothing to decide.
fn follow(parent: &Context) -> Verdict {
    match (parent.sampled, parent.on_trial) {
        (true, _) => Verdict {
            decision: Decision::Record,
            threshold: parent.trace_state.threshold(),
        },
        (false, true) => Decision::Trial.into(),
        (false, false) => Decision::Unsampled.into(),
    }
}

/// Raises the threshold of a trace that would be recorded to what the overhead budget has room for: services that do so
/// record the same traces, each as many as it can, and the threshold says how many they stand for.
fn within_budget(
    threshold: Option<Threshold>,
    random: &Random,
    trace_id: u128,
    admitted: f64,
) -> Verdict {
    let (is_admitted, threshold) = if admitted >= 1.0 {
        (true, threshold)
    } else if random.is_declared {
        let raised = threshold.unwrap_or(Threshold::ALWAYS).raised(admitted);
        (raised.takes(random.value), threshold.map(|_| raised))
    } else {
        // Ids that count up, say, would all be admitted or none.
        (is_drawn(trace_id, admitted), None)
    };
    if is_admitted {
        Verdict {
            decision: Decision::Record,
            threshold,
        }
    } else {
        Decision::OverBudget.into()
    }
}

#[cfg(test)]
mod tests;
