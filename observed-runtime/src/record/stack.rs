//! What becomes current on a thread, and ceases to be.

use super::frame::{Current, Frame};
use super::kept::{Entry, Words};
use super::open::OpenSpan;
use super::thread::{Thread, set_silent, values_of};

impl Thread {
    /// Makes an entry current and returns its place.
    #[inline]
    pub(super) fn push(&mut self, current: Current) -> usize {
        // A start that does not happen during a panic shows that the last one is over.
        self.panic_marked &= std::thread::panicking();
        let place = self.push_frame(current);
        self.note_pushed();
        place
    }

    /// Makes what a future keeps current. Its age is counted elsewhere.
    #[inline]
    pub(super) fn push_kept(&mut self, entry: Box<Entry>) -> usize {
        self.panic_marked &= std::thread::panicking();
        let is_open = entry.open().is_some();
        let place = self.push_frame(Current::Kept(entry));
        if !is_open {
            self.note_pushed();
        }
        place
    }

    /// Makes a span current that `begin` writes; it is given the entry below.
    #[inline]
    pub(super) fn push_open(&mut self, begin: impl FnOnce(Option<&Frame>, &mut OpenSpan)) -> usize {
        self.panic_marked &= std::thread::panicking();
        let place = self.push_frame(Current::Open);
        if let Some((frame, below)) = self.frames_mut().split_last_mut() {
            begin(below.last(), &mut frame.span);
        }
        place
    }

    #[inline]
    fn push_frame(&mut self, current: Current) -> usize {
        let place = self.depth;
        if place == self.frames.len() {
            self.frames.push(Frame::empty());
        }
        if let Some(frame) = self.frames.get_mut(place) {
            frame.current = current;
            frame.words = self.desk.as_ref().map_or(0, |desk| desk.words.len());
        }
        self.depth = place + 1;
        place
    }

    /// Notes what a new entry changes: which span is the oldest, and whether what starts under it is recorded.
    pub(super) fn note_pushed(&self) {
        let Some(top) = self.current() else {
            return;
        };
        if let Some(span) = top.open()
            && let Some(at) = self.session_at(span.pipeline)
            && self.sessions[at].local().oldest().is_none()
        {
            self.sessions[at].local().set_oldest(Some(span.start));
        }
        set_silent(self.suppressed || top.is_silent());
    }

    /// Takes the entry at `place` out, as something that can be kept elsewhere; those above it stay where they are until
    /// they end themselves.
    #[inline]
    pub(super) fn take(&mut self, place: usize) -> Option<Box<Entry>> {
        let frame = self.frames.get_mut(..self.depth)?.get_mut(place)?;
        let entry = match std::mem::replace(&mut frame.current, Current::Gone) {
            Current::Gone => return None,
            Current::Kept(entry) => {
                self.drop_gone();
                return Some(entry);
            }
            Current::Attached(context) => Box::new(Entry::Attached(*context)),
            Current::Open => {
                let span = std::mem::replace(&mut frame.span, OpenSpan::none());
                let words = self.desk.as_ref().map_or(&[][..], |desk| &desk.words);
                let words = Words::of(values_of(words, frame.words, &span));
                Box::new(Entry::Open(span, words))
            }
        };
        self.drop_gone();
        if let Some(span) = entry.open() {
            self.note_oldest(span);
        }
        Some(entry)
    }

    /// Drops the ended entries at the top, and what they kept.
    #[inline]
    pub(super) fn drop_gone(&mut self) {
        while let Some(frame) = self.frames().last()
            && frame.is_gone()
        {
            let words = frame.words;
            if let Some(desk) = &mut self.desk {
                desk.words.truncate(words);
            }
            self.depth -= 1;
        }
        let silent = self
            .current()
            .is_some_and(|top| top.open().is_none() && top.is_silent());
        set_silent(self.suppressed || silent);
    }

    /// Notes that a span is no longer on the stack.
    #[inline]
    fn note_oldest(&self, span: &OpenSpan) {
        if let Some(at) = self.session_at(span.pipeline)
            && self.sessions[at].local().oldest() == Some(span.start)
        {
            self.find_oldest(span.pipeline);
        }
    }

    #[cold]
    pub(super) fn find_oldest(&self, pipeline: u32) {
        let Some(at) = self.session_at(pipeline) else {
            return;
        };
        let session = &self.sessions[at];
        let open = self.frames().iter().filter_map(Frame::open);
        let oldest = open
            .filter(|span| span.pipeline == session.id)
            .map(|span| span.start)
            .min();
        session.local().set_oldest(oldest);
    }
}
