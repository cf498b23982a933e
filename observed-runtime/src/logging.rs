//! Our own log lines: few, and harmless even where the program's logger is not.

use crate::panics::swallowing;

/// Runs a log statement; a logger that panics must not reach the program or end the worker (R14).
///
/// Never called under a lock of ours: a logger may ask for `status()`.
pub(crate) fn quietly(log: impl FnOnce()) {
    swallowing(log);
}
