//! The end of a span that lives on its thread's stack, or that a future has given back.

use super::announce::revoke;
use super::frame::Current;
use super::intern::Numbers;
use super::kept::{Entry, Words};
use super::ledger::Count;
use super::local::Session;
use super::open::{OpenSpan, Outcome};
use super::thread::{Thread, find, values_of, with};

/// Ends the entry at `place`.
#[inline]
pub(crate) fn exit(place: usize) {
    revoke(place);
    with(|thread| thread.exit(place));
}

impl Thread {
    /// Ends the entry at `place`.
    #[inline]
    fn exit(&mut self, place: usize) {
        if place + 1 == self.depth
            && let Some(frame) = self.frames.get_mut(place)
            && frame.is_open()
            && let Some(session) = find(&mut self.sessions, frame.span.pipeline)
        {
            mark_panic(&mut frame.span, &mut self.panic_marked);
            let desk = self.desk.get_or_insert_default();
            let values = values_of(&desk.words, frame.words, &frame.span);
            finish(session, &frame.span, values, &mut desk.numbers);
            desk.words.truncate(frame.words);
            frame.current = Current::Gone;
            if frame.span.extra.is_some() {
                frame.span.extra = None;
            }
            self.depth = place;
            let was_oldest = session.local().oldest() == Some(frame.span.start);
            let pipeline = frame.span.pipeline;
            if self.current().is_none_or(|top| !top.is_open()) {
                self.drop_gone();
            }
            if was_oldest {
                self.find_oldest(pipeline);
            }
            return;
        }
        self.exit_slowly(place);
    }

    #[cold]
    fn exit_slowly(&mut self, place: usize) {
        if let Some(entry) = self.take(place)
            && let Entry::Open(mut span, words) = *entry
        {
            self.finish(&mut span, &words);
        }
    }

    /// Ends a span that is no longer on the stack.
    pub(super) fn finish(&mut self, span: &mut OpenSpan, values: &Words) {
        mark_panic(span, &mut self.panic_marked);
        if self.session(span.pipeline).is_none() {
            return;
        }
        if let Some(session) = find(&mut self.sessions, span.pipeline) {
            let desk = self.desk.get_or_insert_default();
            finish(session, span, values.as_slice(), &mut desk.numbers);
        }
    }
}

/// Ends a span: into the chunk, or dropped where nothing is recorded any more.
#[inline]
fn finish(session: &mut Session, span: &OpenSpan, values: &[u64], numbers: &mut Numbers) {
    session.ledger().count(Count::Closed, 1);
    if span.aged {
        session.local().count_kept(span.start, -1);
    }
    if let Some(reason) = session.pipeline.refusal() {
        session.ledger().count(reason, 1);
    } else {
        session.finish(span, values, numbers);
    }
}

/// A panic that began inside the span fails it, the innermost span only.
#[inline]
fn mark_panic(span: &mut OpenSpan, marked: &mut bool) {
    if span.outcome == Outcome::Cancelled {
        // A future that is dropped while its owner unwinds has not panicked itself.
        return;
    }
    if !std::thread::panicking() {
        *marked = false;
    } else if !span.started_panicking && !*marked {
        span.outcome = Outcome::Failed("panic");
        *marked = true;
    }
}
