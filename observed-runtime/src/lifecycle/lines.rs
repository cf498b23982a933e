//! The line that tracing says of itself at its end.

use crate::logging;
use crate::status::Accounting;

/// The one line at the end, if anything was lost.
pub(super) fn log_end(spans: &Accounting, stopped: bool) {
    let lost = spans.open + spans.pending + spans.dropped.total();
    if !stopped || lost > 0 {
        logging::line!(
            warn,
            "tracing: ended; of {} spans {} were exported, {} dropped, {} had not ended and {} not left",
            spans.started,
            spans.exported,
            spans.dropped.total(),
            spans.open,
            spans.pending
        );
    }
}
