//! The pauses between tries: exponential, with jitter, so that the services of a fleet do not come back in step.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// The first pause: none but the jitter, because a connection that was closed meanwhile is the commonest reason.
const FIRST: Duration = Duration::from_millis(20);
const LONGEST: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct Backoff {
    next: Duration,
    random: RandomState,
    tries: u32,
}

impl Backoff {
    pub(super) fn new() -> Self {
        Self {
            next: FIRST,
            random: RandomState::new(),
            tries: 0,
        }
    }

    /// The next pause: between half and the whole of one that doubles each time.
    pub(super) fn next(&mut self) -> Duration {
        let whole = self.next;
        self.next = (whole * 2).min(LONGEST);
        self.tries += 1;
        let share = self.random.hash_one(self.tries) as f64 / u64::MAX as f64;
        whole.mul_f64(0.5 + share / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_bound_and_are_never_in_step() {
        let (mut one, mut other) = (Backoff::new(), Backoff::new());
        let (mut whole, mut differ) = (FIRST, false);
        for _ in 0..20 {
            let (pause, other) = (one.next(), other.next());
            assert!(
                pause >= whole / 2 && pause <= whole,
                "{pause:?} of {whole:?}"
            );
            differ |= pause != other;
            whole = (whole * 2).min(LONGEST);
        }
        assert!(differ && whole == LONGEST);
    }
}
