//! The clock of spans: monotonic while the process lives, wall time when it leaves.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

/// Nanoseconds since the first reading in this process; 64 bits last for 584 years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tick(u64);

/// One moment on both clocks, so that steps of the wall clock never bend a duration.
fn anchor() -> &'static (Instant, SystemTime) {
    static ANCHOR: OnceLock<(Instant, SystemTime)> = OnceLock::new();
    ANCHOR.get_or_init(|| (Instant::now(), SystemTime::now()))
}

pub(crate) fn now() -> Tick {
    Tick(anchor().0.elapsed().as_nanos() as u64)
}

impl Tick {
    /// The reading itself.
    #[inline]
    pub(super) fn raw(self) -> u64 {
        self.0
    }

    #[inline]
    pub(super) fn from_raw(raw: u64) -> Self {
        Self(raw)
    }

    pub(super) fn nanoseconds(self) -> u64 {
        self.0
    }

    pub(super) fn from_nanoseconds(nanoseconds: u64) -> Self {
        Self(nanoseconds)
    }

    /// The time from here to `later`.
    pub(crate) fn until(self, later: Tick) -> Duration {
        Duration::from_nanos(later.0.saturating_sub(self.0))
    }

    /// The wall time of this moment.
    #[cfg_attr(
        not(any(feature = "otlp", feature = "testing")),
        allow(dead_code, reason = "for exporters")
    )]
    pub(crate) fn to_system_time(self) -> SystemTime {
        anchor().1 + Duration::from_nanos(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_keep_order_and_agree_with_the_wall_clock() {
        let (first, before) = (now(), SystemTime::now());
        let second = now();
        assert!(first <= second);
        let drift = match second.to_system_time().duration_since(before) {
            Ok(later) => later,
            Err(error) => error.duration(),
        };
        assert!(drift < Duration::from_mins(1), "{drift:?}");
    }
}
