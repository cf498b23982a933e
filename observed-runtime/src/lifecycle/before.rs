//! What was found before the program's tracing ended: an operator may ask after its handle has been dropped.

use std::sync::{Mutex, PoisonError};

use crate::status::{Status, Withheld};

static WITHHELD: Mutex<Vec<Withheld>> = Mutex::new(Vec::new());

/// Keeps what was withheld.
pub(super) fn remember(withheld: Vec<Withheld>) {
    *WITHHELD.lock().unwrap_or_else(PoisonError::into_inner) = withheld;
}

/// The status where the program has no tracing: not yet, or no longer.
pub(super) fn status() -> Status {
    let withheld = WITHHELD.lock().unwrap_or_else(PoisonError::into_inner);
    Status {
        withheld: withheld.clone(),
        ..Status::not_initialised()
    }
}
