//! Which traces are recorded: the decision at the root, honoured by everything below it.

use crate::context::Context;

/// The samplers of the OpenTelemetry specification that settings can name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sampler {
    /// The share of traces that are recorded, from 0 to 1.
    ratio: f64,
    /// Whether a remote parent's decision is honoured.
    parent_based: bool,
    /// Whether a remote parent that is recorded makes this service record too.
    trusts_remote: bool,
}

impl Sampler {
    pub(crate) fn new(ratio: f64, parent_based: bool) -> Self {
        Self {
            ratio: ratio.clamp(0.0, 1.0),
            parent_based,
            trusts_remote: true,
        }
    }

    /// Says whether a caller's decision to record binds this service; its decision not to always does.
    pub(crate) fn trusting_remote(self, trusts_remote: bool) -> Self {
        Self {
            trusts_remote,
            ..self
        }
    }

    pub(crate) fn ratio(&self) -> f64 {
        self.ratio
    }

    /// Decides for a span under `parent`, whose trace id is valid.
    pub(crate) fn samples(&self, parent: &Context) -> bool {
        if parent.is_a_span() && (self.parent_based || !parent.remote) {
            let is_forced = parent.remote && parent.sampled && !self.trusts_remote;
            return parent.sampled && (!is_forced || self.samples_root(parent.trace_id.0));
        }
        self.samples_root(parent.trace_id.0)
    }

    /// The decision of the SDK's `TraceIdRatioBased`, so that services agree: 63 bits of the trace id's second half
    /// against the ratio.
    #[expect(clippy::cast_sign_loss, reason = "the ratio is not negative")]
    fn samples_root(&self, trace_id: u128) -> bool {
        if self.ratio >= 1.0 {
            return true;
        }
        let bound = (self.ratio * (1_u64 << 63) as f64) as u64;
        (trace_id as u64) >> 1 < bound
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::{SpanId, TraceId};

    fn under(sampled: bool, remote: bool) -> Context {
        Context {
            trace_id: TraceId(1),
            span_id: SpanId(1),
            sampled,
            remote,
            ..Context::default()
        }
    }

    #[test]
    fn a_parents_decision_wins_over_the_ratio() {
        let never = Sampler::new(0.0, true);
        let always = Sampler::new(1.0, true);
        for remote in [false, true] {
            assert!(never.samples(&under(true, remote)));
            assert!(!always.samples(&under(false, remote)));
        }
    }

    #[test]
    fn a_sampler_that_is_not_parent_based_ignores_remote_decisions_only() {
        let never = Sampler::new(0.0, false);
        assert!(!never.samples(&under(true, true)));
        assert!(never.samples(&under(true, false)));
    }

    #[test]
    fn a_caller_that_is_not_trusted_cannot_force_recording_but_can_forgo_it() {
        let never = Sampler::new(0.0, true).trusting_remote(false);
        let always = Sampler::new(1.0, true).trusting_remote(false);
        assert!(!never.samples(&under(true, true)));
        assert!(never.samples(&under(true, false)));
        assert!(always.samples(&under(true, true)));
        assert!(!always.samples(&under(false, true)));
    }

    #[test]
    fn the_ratio_is_kept_over_many_roots() {
        let tenth = Sampler::new(0.1, true);
        let sampled = (0..100_000)
            .filter(|_| tenth.samples(&Context::new_trace(TraceId::random())))
            .count();
        assert!((9_000..11_000).contains(&sampled), "{sampled}");
    }

    #[test]
    fn the_ends_of_the_ratio_are_exact() {
        for _ in 0..1_000 {
            let root = Context::new_trace(TraceId::random());
            assert!(Sampler::new(1.0, true).samples(&root));
            assert!(!Sampler::new(0.0, true).samples(&root));
        }
    }
}
