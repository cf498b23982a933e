//! What became of a batch.

use super::failure::Failure;

/// What became of the spans of one batch; those that are in none of the counts were delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    /// Lost: an exporter failed.
    pub(crate) failed: u64,
    /// The receiver took the request and refused these.
    pub(crate) rejected: u64,
    /// Larger than a request may be, each by itself.
    pub(crate) too_large: u64,
    /// The last failure, where there was one.
    pub(crate) failure: Option<Failure>,
}

impl Report {
    /// All `spans` were lost.
    pub(crate) fn lost(spans: usize, failure: Failure) -> Self {
        Self {
            failed: spans as u64,
            failure: Some(failure),
            ..Self::default()
        }
    }

    /// What became of two parts of a batch.
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for exporters"))]
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            failed: self.failed + other.failed,
            rejected: self.rejected + other.rejected,
            too_large: self.too_large + other.too_large,
            failure: other.failure.or(self.failure),
        }
    }

    /// What became of a batch that two exporters were given: a span counts as delivered when both took it.
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for exporters"))]
    pub(crate) fn by_both(self, other: Self) -> Self {
        Self {
            failed: self.failed.max(other.failed),
            rejected: self.rejected.max(other.rejected),
            too_large: self.too_large.max(other.too_large),
            failure: self.failure.or(other.failure),
        }
    }

    /// How many of `spans` were delivered. Two exporters may have lost different ones; then fewer than these were, and
    /// the counts are cut so that they add up.
    pub(crate) fn settled(self, spans: u64) -> Settled {
        let failed = self.failed.min(spans);
        let rejected = self.rejected.min(spans - failed);
        let too_large = self.too_large.min(spans - failed - rejected);
        Settled {
            delivered: spans - failed - rejected - too_large,
            failed,
            rejected,
            too_large,
        }
    }
}

/// The spans of a batch, each counted once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Settled {
    pub(crate) delivered: u64,
    pub(crate) failed: u64,
    pub(crate) rejected: u64,
    pub(crate) too_large: u64,
}
