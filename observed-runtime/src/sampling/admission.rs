//! The share of the sampled traces that the overhead budget has room for, as callers read it.

use std::sync::atomic::{AtomicU64, Ordering};

/// Set by the worker, read wherever a trace begins.
#[derive(Debug)]
pub(crate) struct Admission(AtomicU64);

impl Default for Admission {
    /// Everything is admitted.
    fn default() -> Self {
        Self(AtomicU64::new(1.0_f64.to_bits()))
    }
}

impl Admission {
    pub(crate) fn set(&self, share: f64) {
        self.0.store(share.to_bits(), Ordering::Relaxed);
    }

    pub(crate) fn share(&self) -> f64 {
        f64::from_bits(self.0.load(Ordering::Relaxed)).clamp(0.0, 1.0)
    }
}
