//! Lines that are of no single request.

use serde::Serialize;

use crate::store::unix_ms;

/// The outcome in the first line of a file that goes on where another one ended.
pub(super) const CONTINUED: &str = "continued";

/// The first line of a file that goes on where another one ended.
#[derive(Debug, Serialize)]
pub(super) struct Continued {
    unix_ms: u64,
    outcome: &'static str,
}

impl Continued {
    pub(super) fn now() -> Self {
        Self {
            unix_ms: unix_ms(),
            outcome: CONTINUED,
        }
    }
}

/// Requests with keys that no profile has, counted: a line for each would let anybody fill the disk.
#[derive(Debug, Serialize)]
pub struct UnknownKeys {
    unix_ms: u64,
    since_unix_ms: u64,
    outcome: &'static str,
    gate: &'static str,
    reason: &'static str,
    count: u64,
}

impl UnknownKeys {
    /// Makes the record of `count` denials since `since_unix_ms`.
    #[must_use]
    pub fn denied(count: u64, since_unix_ms: u64) -> Self {
        Self {
            unix_ms: unix_ms(),
            since_unix_ms,
            outcome: "denied",
            gate: "caller",
            reason: "api_key",
            count,
        }
    }
}
