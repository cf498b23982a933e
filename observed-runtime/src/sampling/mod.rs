//! Which traces are recorded: the decision at the root, honoured by everything below it.

mod admission;
pub(crate) mod budget;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::identity::Context;

pub(crate) use admission::Admission;

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

/// A share of traces, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ratio(f64);

/// Trace ids are compared by the 63 upper bits of their second half, as the SDK does.
const ALL: u64 = 1 << 63;

impl Ratio {
    pub(crate) fn new(share: f64) -> Self {
        Self(share.clamp(0.0, 1.0))
    }

    /// The decision of the SDK's `TraceIdRatioBased`, so that services agree: 63 bits of the trace id's second half
    /// against the ratio.
    #[expect(clippy::cast_sign_loss, reason = "a ratio is not negative")]
    fn takes(self, trace_id: u128) -> bool {
        (trace_id as u64) >> 1 < (self.0 * ALL as f64) as u64
    }

    /// A decision that nobody outside can foresee or force by the choice of a trace id; the same for all spans of a trace
    /// in this process.
    fn draws(self, trace_id: u128) -> bool {
        static KEY: OnceLock<RandomState> = OnceLock::new();
        self.0 >= 1.0
            || self.takes(u128::from(
                KEY.get_or_init(RandomState::new).hash_one(trace_id),
            ))
    }
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
        self.ratio.0
    }

    pub(crate) fn keep(&self) -> Option<Keep> {
        self.keep
    }

    /// Decides for the span `name` under `parent`, whose trace id is valid; `admitted` is the share of the sampled
    /// traces that the overhead budget has room for.
    pub(crate) fn decide(&self, parent: &Context, name: &str, admitted: Ratio) -> Decision {
        if parent.is_a_span() && !parent.remote {
            return match (parent.sampled, parent.on_trial) {
                (true, _) => Decision::Record,
                (false, true) => Decision::Trial,
                (false, false) => Decision::Unsampled,
            };
        }
        let trace_id = parent.trace_id.0;
        let follows = parent.is_a_span() && self.parent_based;
        if follows && !parent.sampled {
            return Decision::Unsampled;
        }
        let wanted = if follows && self.trusts_remote {
            true
        } else if parent.remote && !self.trusts_remote {
            // Its trace id was chosen by the caller.
            self.ratio_of(name).draws(trace_id)
        } else {
            self.ratio_of(name).takes(trace_id)
        };
        let decision = match (wanted, self.keep.is_some() && !parent.is_a_span()) {
            (true, _) => Decision::Record,
            (false, true) => Decision::Trial,
            (false, false) => return Decision::Unsampled,
        };
        // By other bits than the ratio's: what is on trial is what the ratio did not take.
        if admitted.draws(trace_id) {
            decision
        } else {
            Decision::OverBudget
        }
    }

    fn ratio_of(&self, root: &str) -> Ratio {
        if self.by_root.is_empty() {
            return self.ratio;
        }
        self.by_root.get(root).copied().unwrap_or(self.ratio)
    }
}

#[cfg(test)]
mod tests;
