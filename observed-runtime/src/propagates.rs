//! The program's word on whether its requests carry a context (`OTEL_PROPAGATORS`); yes until a program is set up otherwise.

use std::sync::atomic::{AtomicBool, Ordering};

static PROPAGATES: AtomicBool = AtomicBool::new(true);

/// Whether headers are read and written.
#[cfg(feature = "http")]
pub(crate) fn is_on() -> bool {
    PROPAGATES.load(Ordering::Relaxed)
}

#[cfg(feature = "enable")]
pub(crate) fn set(propagates: bool) {
    PROPAGATES.store(propagates, Ordering::Relaxed);
}
