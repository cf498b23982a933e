//! The end of a span that lives on its thread's stack, or that a future has given back.

use super::bridge::detach;
use super::frame::{Content, SuspendedSpan, Values};
use super::scratch::{Scratch, values_of};
use super::session::Session;
use super::state::{Ending, Thread, with};
use crate::pipeline::ledger::Count;
use crate::record::intern::Numbers;
use crate::record::open::OpenSpan;

/// Ends the entry at `index`.
#[inline]
pub(crate) fn exit(index: usize) {
    detach(index);
    with(|thread| thread.exit(index));
}

impl Thread {
    /// Ends the entry at `index`.
    #[inline]
    fn exit(&mut self, index: usize) {
        let Some(Ending {
            frame,
            session,
            scratch,
        }) = self.ending(index)
        else {
            self.exit_slowly(index);
            return;
        };
        let Scratch { cells, numbers } = scratch;
        let values = values_of(cells, frame.cells, &frame.span);
        finish(session, &frame.span, values, numbers);
        cells.truncate(frame.cells);
        frame.content = Content::Gone;
        if frame.span.extra.is_some() {
            frame.span.extra = None;
        }
        let was_oldest = session.local().oldest() == Some(frame.span.start);
        let pipeline = frame.span.pipeline;
        self.stack_mut().pop();
        if self.stack().current().is_none_or(|top| !top.is_open()) {
            self.drop_gone();
        }
        if was_oldest {
            self.find_oldest(pipeline);
        }
    }

    #[cold]
    fn exit_slowly(&mut self, index: usize) {
        if let Some(taken) = self.take(index)
            && let SuspendedSpan::Open(mut span, values) = *taken
        {
            self.finish(&mut span, &values);
        }
    }

    /// Ends a span that is no longer on the stack.
    pub(super) fn finish(&mut self, span: &mut OpenSpan, values: &Values) {
        if let Some((session, scratch)) = self.ending_of(span) {
            finish(session, span, values.as_slice(), &mut scratch.numbers);
        }
    }
}

/// Ends a span: into the chunk, or dropped where nothing is recorded any more.
#[inline]
fn finish(session: &mut Session, span: &OpenSpan, values: &[u64], numbers: &mut Numbers) {
    session.ledger().count(Count::Closed, 1);
    if span.aged {
        session.local().count_suspended(span.start, -1);
    }
    if let Some(reason) = session.pipeline.refusal() {
        session.ledger().count(reason, 1);
    } else {
        session.finish(span, values, numbers);
        if session.pipeline.is_closed() {
            // It ended after the question: the worker may have looked for the last time.
            session.hand_over();
        }
    }
}
