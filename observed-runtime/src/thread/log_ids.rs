//! The ids of what is current on this thread, for log lines: read where they lie, so that a line costs no allocation.

use super::state::{Thread, with};
use crate::bridge;
use crate::identity::{Ids, TraceFlags};

/// The ids of the current span, or of what was attached to this thread.
pub(crate) fn current_ids() -> Option<Ids> {
    with(|thread| thread.ids()).flatten()
}

impl Thread {
    fn ids(&self) -> Option<Ids> {
        if self.is_foreign_inside() {
            return bridge::current().ids();
        }
        let top = self.stack().current()?;
        let Some(span) = top.open() else {
            return top.attached()?.ids();
        };
        Some(Ids {
            trace_id: span.trace_id,
            span_id: span.span_id,
            trace_flags: TraceFlags::of(!span.on_trial, span.random),
        })
    }
}
