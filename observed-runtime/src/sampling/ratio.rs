//! A share of traces, as a setting has it and as decisions use it.

use crate::identity::threshold::Threshold;

/// A share of traces, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ratio {
    pub(super) share: f64,
    /// The same, for decisions on which services agree.
    pub(super) threshold: Threshold,
}

impl Ratio {
    pub(crate) fn new(share: f64) -> Self {
        let share = share.clamp(0.0, 1.0);
        Self {
            share,
            threshold: Threshold::of(share),
        }
    }
}
