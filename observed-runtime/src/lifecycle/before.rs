//! What was found before the program's tracing ended: an operator may ask after its handle has been dropped.

use std::sync::{Mutex, PoisonError};

use crate::export::firewall::Findings;
use crate::status::{Status, Unreviewed, Withheld};

static FOUND: Mutex<(Vec<Withheld>, Vec<Unreviewed>)> = Mutex::new((Vec::new(), Vec::new()));

/// Keeps what was withheld, and what was not reviewed.
pub(super) fn remember(findings: &Findings) {
    let found = (findings.withheld(), findings.unreviewed());
    *FOUND.lock().unwrap_or_else(PoisonError::into_inner) = found;
}

/// The status where the program has no tracing: not yet, or no longer.
pub(super) fn status() -> Status {
    let found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    let (withheld, unreviewed) = found.clone();
    Status {
        withheld,
        unreviewed,
        ..Status::not_initialised()
    }
}
