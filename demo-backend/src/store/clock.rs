//! The time: of the wall, and that by which stored answers expire.

#[cfg(test)]
use std::time::Duration;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Returns the milliseconds since 1970.
#[must_use]
pub fn unix_ms() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap_or_default().as_millis() as u64
}

/// A clock that is right at its start, and then does not jump: one that was set forward would forget answers early, and run
/// again what was done.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    started: Instant,
    started_unix_ms: u64,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self {
            started: Instant::now(),
            started_unix_ms: unix_ms(),
        }
    }

    /// Returns the milliseconds since 1970.
    pub(super) fn unix_ms(&self) -> u64 {
        self.started_unix_ms + self.started.elapsed().as_millis() as u64
    }

    /// Returns the same clock `by` later.
    #[cfg(test)]
    pub(super) fn later(self, by: Duration) -> Self {
        Self {
            started_unix_ms: self.started_unix_ms + by.as_millis() as u64,
            ..self
        }
    }
}
