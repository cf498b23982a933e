//! Lines that are of no single request.

use std::fmt;

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

/// What an operator has switched.
#[derive(Debug, Serialize)]
pub struct Switched {
    unix_ms: u64,
    outcome: &'static str,
    /// `tracing`, or a scope.
    what: &'static str,
    /// What was asked for.
    on: bool,
    /// What it is now.
    is_on: bool,
}

impl Switched {
    /// Makes the record of a switch, now.
    #[must_use]
    pub fn now(what: &'static str, on: bool, is_on: bool) -> Self {
        Self {
            unix_ms: unix_ms(),
            outcome: "switched",
            what,
            on,
            is_on,
        }
    }
}

impl fmt::Display for Switched {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |on| if on { "on" } else { "off" };
        let (what, on, is_on) = (self.what, shown(self.on), shown(self.is_on));
        write!(formatter, "an operator switched {what} {on}; it is {is_on}")
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
