//! By what a trace is drawn: the random value that all services see, or a key of this process.

use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;

use crate::identity::Context;
use crate::identity::threshold::{Threshold, random_of};

/// The random value of a trace, 56 bits.
pub(super) struct Random {
    pub(super) value: u64,
    /// Somebody says that it is random: it was made here, is explicit, or the caller has set the flag.
    pub(super) is_declared: bool,
}

impl Random {
    /// An explicit one wins over the trace id (OpenTelemetry, "Randomness Value"). A trace id is presumed to be random, as
    /// the specification of the samplers has it, also where nobody says so.
    pub(super) fn of(parent: &Context) -> Self {
        let explicit = parent.trace_state.random();
        Self {
            value: explicit.unwrap_or_else(|| random_of(parent.trace_id.0)),
            is_declared: explicit.is_some() || parent.random || !parent.is_a_span(),
        }
    }
}

/// A decision that nobody outside can foresee or force by the choice of a trace id; the same for all spans of a trace in
/// this process.
pub(super) fn is_drawn(trace_id: u128, share: f64) -> bool {
    static KEY: OnceLock<RandomState> = OnceLock::new();
    share >= 1.0 || {
        let hash = KEY.get_or_init(RandomState::new).hash_one(trace_id);
        Threshold::of(share).takes(random_of(u128::from(hash)))
    }
}
