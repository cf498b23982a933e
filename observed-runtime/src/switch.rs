//! The one load that the off path costs: does any pipeline of this process record?

use std::sync::atomic::{AtomicUsize, Ordering};

/// How many pipelines are switched on: the program's one, and those of captures in tests.
static ACTIVE: AtomicUsize = AtomicUsize::new(0);

#[inline]
pub(crate) fn is_on() -> bool {
    ACTIVE.load(Ordering::Relaxed) != 0
}

/// Counts a pipeline in; each call is matched by one of [`remove`].
pub(crate) fn add() {
    ACTIVE.fetch_add(1, Ordering::Relaxed);
}

/// Counts a pipeline out.
pub(crate) fn remove() {
    ACTIVE.fetch_sub(1, Ordering::Relaxed);
}
