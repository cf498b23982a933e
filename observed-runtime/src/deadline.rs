//! Deadlines that cannot overflow.

use std::time::{Duration, Instant};

/// The moment `after` from now; for durations that the clock cannot represent, a moment that nobody lives to see.
pub(crate) fn deadline(after: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    let now = Instant::now();
    now.checked_add(after.min(CENTURY)).unwrap_or(now)
}
