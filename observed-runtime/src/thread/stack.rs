//! The entries that are current on a thread, the newest on top.

use super::frame::{Content, Frame};
use crate::identity::SpanId;
use crate::record::open::OpenSpan;

/// A thread's entries. Those beyond `depth` have ended; their memory is filled again.
#[derive(Debug)]
pub(super) struct Stack {
    frames: Vec<Frame>,
    depth: usize,
}

impl Stack {
    pub(super) const fn new() -> Self {
        Self {
            frames: Vec::new(),
            depth: 0,
        }
    }

    /// The entries, oldest first.
    #[inline]
    pub(super) fn frames(&self) -> &[Frame] {
        self.frames.get(..self.depth).unwrap_or_default()
    }

    #[inline]
    pub(super) fn frames_mut(&mut self) -> &mut [Frame] {
        self.frames.get_mut(..self.depth).unwrap_or_default()
    }

    #[inline]
    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut Frame> {
        self.frames_mut().get_mut(index)
    }

    /// The current entry.
    #[inline]
    pub(super) fn current(&self) -> Option<&Frame> {
        // What ended above the others has been taken off: the last one is current.
        self.frames().last()
    }

    /// The index of the current entry.
    #[inline]
    pub(super) fn top(&self) -> Option<usize> {
        self.depth.checked_sub(1)
    }

    /// The entry at `index`, where it is the current one.
    #[inline]
    pub(super) fn top_at(&mut self, index: usize) -> Option<&mut Frame> {
        if index + 1 == self.depth {
            self.frames.get_mut(index)
        } else {
            None
        }
    }

    /// The current span, where the current entry is one.
    pub(super) fn current_span(&mut self) -> Option<&mut OpenSpan> {
        self.frames_mut().last_mut()?.open_mut()
    }

    pub(super) fn open_at(&mut self, index: usize) -> Option<&mut OpenSpan> {
        self.get_mut(index)?.open_mut()
    }

    /// The open span with this identifier, looked for from the top.
    pub(super) fn find(&mut self, id: SpanId) -> Option<&mut OpenSpan> {
        let entries = self.frames_mut().iter_mut().rev();
        entries
            .filter_map(Frame::open_mut)
            .find(|span| span.span_id == id)
    }

    /// The pipeline of the nearest entry that has one: a capture isolates what runs inside it.
    pub(super) fn pipeline(&self) -> Option<u32> {
        let mut pipelines = self.frames().iter().rev().map(Frame::pipeline);
        pipelines.find(|pipeline| *pipeline != 0)
    }

    /// Makes an entry current and returns its index; `cells` cells of values were there before it.
    #[inline]
    pub(super) fn push(&mut self, content: Content, cells: usize) -> usize {
        let index = self.depth;
        if index == self.frames.len() {
            self.frames.push(Frame::empty());
        }
        if let Some(frame) = self.frames.get_mut(index) {
            frame.content = content;
            frame.cells = cells;
        }
        self.depth = index + 1;
        index
    }

    /// The current entry, and the one below it.
    #[inline]
    pub(super) fn top_two(&mut self) -> Option<(&mut Frame, Option<&Frame>)> {
        let (top, below) = self.frames_mut().split_last_mut()?;
        Some((top, below.last()))
    }

    /// Takes the current entry off, which has ended.
    #[inline]
    pub(super) fn pop(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Takes the ended entries at the top off; returns how many cells of values there were before the lowest of them.
    #[inline]
    pub(super) fn pop_gone(&mut self) -> Option<usize> {
        let mut cells = None;
        while let Some(frame) = self.current()
            && frame.is_gone()
        {
            cells = Some(frame.cells);
            self.depth -= 1;
        }
        cells
    }

    /// Takes all entries out, because the thread ends.
    pub(super) fn take_all(&mut self) -> impl Iterator<Item = Frame> + use<> {
        let depth = std::mem::take(&mut self.depth);
        std::mem::take(&mut self.frames).into_iter().take(depth)
    }
}
