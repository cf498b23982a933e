//! A process that was forked has the program's memory and none of its threads: nobody exports, and locks that another
//! thread held stay held for ever. There, tracing is off.

use std::sync::atomic::{AtomicU32, Ordering};

/// The process that initialised tracing; 0 before that.
static HOME: AtomicU32 = AtomicU32::new(0);

/// Notes that this process initialises tracing.
pub(crate) fn settle() {
    let _ = HOME.compare_exchange(0, std::process::id(), Ordering::Relaxed, Ordering::Relaxed);
}

/// True in a child that was forked from the process that initialised tracing. Takes no lock; costs a system call.
pub(crate) fn happened() -> bool {
    let home = HOME.load(Ordering::Relaxed);
    home != 0 && home != std::process::id()
}
