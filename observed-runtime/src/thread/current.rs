//! What becomes current on a thread, and ceases to be.

use super::frame::{Content, Frame, SuspendedSpan, Values};
use super::scratch::values_of;
use super::state::Thread;
use crate::record::open::OpenSpan;

impl Thread {
    /// Makes an entry current and returns its index.
    #[inline]
    pub(super) fn push(&mut self, content: Content) -> usize {
        let index = self.push_content(content);
        self.note_pushed();
        index
    }

    /// Makes what a future holds current. Its age is counted elsewhere.
    #[inline]
    pub(super) fn push_suspended(&mut self, suspended: Box<SuspendedSpan>) -> usize {
        let is_open = suspended.open().is_some();
        let index = self.push_content(Content::Suspended(suspended));
        if is_open {
            // What it is pushed over may not be recorded.
            self.set_silent(false);
        } else {
            self.note_pushed();
        }
        index
    }

    /// Makes a span current that `begin` writes; it is given the entry below.
    #[inline]
    pub(super) fn push_open(&mut self, begin: impl FnOnce(Option<&Frame>, &mut OpenSpan)) -> usize {
        let index = self.push_content(Content::Open);
        if let Some((frame, below)) = self.stack_mut().top_two() {
            begin(below, &mut frame.span);
        }
        index
    }

    #[inline]
    fn push_content(&mut self, content: Content) -> usize {
        self.note_start();
        let cells = self.scratch_cells();
        self.stack_mut().push(content, cells)
    }

    /// Notes what a new entry changes: which span is the oldest, and whether what starts under it is recorded.
    pub(super) fn note_pushed(&self) {
        let Some(top) = self.stack().current() else {
            return;
        };
        if let Some(span) = top.open()
            && let Some(session) = self.known_session(span.pipeline)
            && session.local().oldest().is_none()
        {
            session.local().set_oldest(Some(span.start));
        }
        self.set_silent(top.is_silent());
    }

    /// Takes the entry at `index` out, as something that can be held elsewhere; those above it stay where they are until
    /// they end themselves.
    #[inline]
    pub(super) fn take(&mut self, index: usize) -> Option<Box<SuspendedSpan>> {
        let frame = self.stack_mut().get_mut(index)?;
        let taken = match std::mem::replace(&mut frame.content, Content::Gone) {
            Content::Gone => return None,
            Content::Suspended(suspended) => {
                self.drop_gone();
                return Some(suspended);
            }
            Content::Attached(context) => SuspendedSpan::Attached(*context),
            Content::Open => {
                let span = std::mem::replace(&mut frame.span, OpenSpan::none());
                let from = frame.cells;
                let scratch = self.scratch().as_ref();
                let cells = scratch.map_or(&[][..], |scratch| &scratch.cells);
                let values = Values::of(values_of(cells, from, &span));
                SuspendedSpan::Open(span, values)
            }
        };
        self.drop_gone();
        if let Some(span) = taken.open() {
            self.note_taken(span);
        }
        Some(Box::new(taken))
    }

    /// Drops the ended entries at the top, and their values.
    #[inline]
    pub(super) fn drop_gone(&mut self) {
        if let Some(cells) = self.stack_mut().pop_gone()
            && let Some(scratch) = self.scratch()
        {
            scratch.cells.truncate(cells);
        }
        let silent = self.stack().current().is_some_and(Frame::is_silent);
        self.set_silent(silent);
    }

    /// Notes that a span is no longer on the stack.
    fn note_taken(&self, span: &OpenSpan) {
        let session = self.known_session(span.pipeline);
        if session.is_some_and(|session| session.local().oldest() == Some(span.start)) {
            self.find_oldest(span.pipeline);
        }
    }

    #[cold]
    pub(super) fn find_oldest(&self, pipeline: u32) {
        let Some(session) = self.known_session(pipeline) else {
            return;
        };
        let open = self.stack().frames().iter().filter_map(Frame::open);
        let oldest = open
            .filter(|span| span.pipeline == pipeline)
            .map(|span| span.start)
            .min();
        session.local().set_oldest(oldest);
    }
}
