//! The attributes of a span that has just become current: evaluated, and encoded into the thread's scratch memory.

use super::frame::Content;
use super::scratch::Scratch;
use super::state::{Thread, with};
use crate::panics::swallowing;
use crate::pipeline::ledger::Count;
use crate::record::value_codec::{Encoder, put_values};
use crate::value::Value;

/// Asks for the attributes of the span at `index` and records them; one whose expression panics is lost, the others are
/// not.
#[inline]
pub(crate) fn record(index: usize, count: usize, value: &dyn Fn(usize) -> Value) {
    let taken = with(|thread| thread.take_scratch(index, count));
    if let Some((mut scratch, task)) = taken {
        let refused = evaluate(&mut scratch, count, value);
        with(|thread| thread.put_back(scratch, &task, refused));
    }
}

/// Which span is given how many attributes, and what there was before.
struct Task {
    index: usize,
    /// Entries of the thread.
    depth: usize,
    /// Cells in the scratch memory.
    before: usize,
    count: usize,
}

/// Puts the encoded values behind what is there; returns how many were refused.
#[inline]
fn evaluate(scratch: &mut Scratch, count: usize, value: &dyn Fn(usize) -> Value) -> u64 {
    let mut encoder = Encoder::new(&mut scratch.cells, &mut scratch.numbers);
    while encoder.count < count {
        // One catch for all values in the common case; after a panic it goes on with the next one.
        let evaluated = swallowing(|| {
            while encoder.count < count {
                encoder.add(&value(encoder.count));
            }
        });
        if evaluated.is_none() {
            encoder.add(&Value::REFUSED);
        }
    }
    encoder.refused
}

/// A count that fits into its place in a record; no annotation has more.
#[inline]
pub(super) fn at_most(count: usize) -> u16 {
    count.min(usize::from(u16::MAX)) as u16
}

impl Thread {
    /// Records the attributes of the span at `index`, the current entry that has just begun.
    #[inline]
    pub(super) fn record_values(&mut self, index: usize, values: &[Value]) {
        let (scratch, frame) = self.recording(index);
        let before = scratch.cells.len();
        let refused = put_values(values, &mut scratch.numbers, &mut scratch.cells);
        let cells = scratch.cells.len() - before;
        let Some(frame) = frame.filter(|frame| frame.is_open()) else {
            return;
        };
        frame.span.count = at_most(values.len());
        frame.span.cells = cells as u32;
        let pipeline = frame.span.pipeline;
        self.count(pipeline, Count::AttributeLost, refused);
    }

    #[inline]
    fn take_scratch(&mut self, index: usize, count: usize) -> (Box<Scratch>, Task) {
        let scratch = self.scratch().take().unwrap_or_default();
        let task = Task {
            index,
            depth: self.stack().frames().len(),
            before: scratch.cells.len(),
            count,
        };
        (scratch, task)
    }

    /// Puts the scratch memory back with the values of the span.
    #[inline]
    fn put_back(&mut self, scratch: Box<Scratch>, task: &Task, refused: u64) {
        let cells = scratch.cells.len() - task.before;
        *self.scratch() = Some(scratch);
        if refused == 0
            && let Some(frame) = self.stack_mut().top_at(task.index)
            && frame.is_open()
        {
            frame.span.count = at_most(task.count);
            frame.span.cells = cells as u32;
            return;
        }
        self.put_values(task, refused);
    }

    /// The same where something is unusual: the span is a future's, it is not on top, or values were refused.
    #[inline(never)]
    fn put_values(&mut self, task: &Task, refused: u64) {
        let mut scratch = self.scratch().take().unwrap_or_default();
        let was_top = task.index + 1 == task.depth;
        let encoded = scratch.cells.get(task.before..).unwrap_or_default();
        let (mut pipeline, mut stays) = (0, false);
        if let Some(frame) = self.stack_mut().get_mut(task.index)
            && let Some(span) = frame.open_mut()
        {
            pipeline = span.pipeline;
            span.count = at_most(task.count);
            match &mut frame.content {
                Content::Suspended(suspended) => suspended.set_values(encoded),
                Content::Open if was_top => {
                    frame.span.cells = encoded.len() as u32;
                    stays = true;
                }
                Content::Open => frame.span.extra().values = encoded.to_vec(),
                Content::Gone | Content::Attached(_) => {}
            }
        }
        if !stays {
            scratch.cells.truncate(task.before);
        }
        // What the expressions have left open had its values in other scratch memory, which is gone.
        for frame in self.stack_mut().frames_mut().iter_mut().skip(task.depth) {
            frame.cells = scratch.cells.len();
            if frame.is_open() {
                (frame.span.cells, frame.span.count) = (0, 0);
            }
        }
        *self.scratch() = Some(scratch);
        self.count(pipeline, Count::AttributeLost, refused);
    }
}
