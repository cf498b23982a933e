//! Where a thread encodes attributes: the values of its open spans, one behind the other, and the numbers of static texts.

use super::frame::Current;
use super::intern::Numbers;
use super::ledger::Count;
use super::thread::{Thread, with};
use super::words::Encoder;
use crate::panics::swallowing;
use crate::value::Value;

/// Taken off the thread while attributes are evaluated: the expressions are the user's, and may be traced themselves. They
/// find a new desk.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) words: Vec<u64>,
    pub(super) numbers: Numbers,
}

/// Asks for the attributes of the span at `place` and records them; one whose expression panics is lost, the others are
/// not.
#[inline]
pub(crate) fn record(place: usize, count: usize, value: &dyn Fn(usize) -> Value) {
    let taken = with(|thread| thread.take_desk(place, count));
    if let Some((mut desk, task)) = taken {
        let refused = desk.evaluate(count, value);
        with(|thread| thread.put_back(desk, &task, refused));
    }
}

/// The same for values that are at hand: nothing of the user's runs meanwhile.
#[inline]
pub(crate) fn record_values(place: usize, values: &[Value]) {
    with(|thread| {
        let (mut desk, task) = thread.take_desk(place, values.len());
        let mut encoder = Encoder::new(&mut desk.words, &mut desk.numbers);
        for value in values {
            encoder.add(value);
        }
        let refused = encoder.refused;
        thread.put_back(desk, &task, refused);
    });
}

/// Which span is given how many attributes, and what there was before.
struct Task {
    place: usize,
    /// Entries of the thread.
    depth: usize,
    /// Words on the desk.
    before: usize,
    count: usize,
}

impl Desk {
    /// Puts the encoded values behind what is there; returns how many were refused.
    #[inline]
    fn evaluate(&mut self, count: usize, value: &dyn Fn(usize) -> Value) -> u64 {
        let mut encoder = Encoder::new(&mut self.words, &mut self.numbers);
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
}

/// A count that fits into its place in a record; no annotation has more.
#[inline]
fn at_most(count: usize) -> u16 {
    count.min(usize::from(u16::MAX)) as u16
}

impl Thread {
    #[inline]
    fn take_desk(&mut self, place: usize, count: usize) -> (Box<Desk>, Task) {
        let desk = self.desk.take().unwrap_or_default();
        let task = Task {
            place,
            depth: self.frames().len(),
            before: desk.words.len(),
            count,
        };
        (desk, task)
    }

    /// Puts the desk back with the values of the span.
    #[inline]
    fn put_back(&mut self, desk: Box<Desk>, task: &Task, refused: u64) {
        let words = desk.words.len() - task.before;
        self.desk = Some(desk);
        if self.top() == Some(task.place)
            && refused == 0
            && let Some(frame) = self.frames_mut().last_mut()
            && frame.is_open()
        {
            frame.span.count = at_most(task.count);
            frame.span.words = words as u32;
            return;
        }
        self.put_values(task, refused);
    }

    /// The same where something is unusual: the span is a future's, it is not on top, or values were refused.
    #[inline(never)]
    fn put_values(&mut self, task: &Task, refused: u64) {
        let mut desk = self.desk.take().unwrap_or_default();
        let was_top = task.place + 1 == task.depth;
        let encoded = desk.words.get(task.before..).unwrap_or_default();
        let (mut pipeline, mut stays) = (0, false);
        if let Some(frame) = self.frames_mut().get_mut(task.place)
            && let Some(span) = frame.open_mut()
        {
            pipeline = span.pipeline;
            span.count = at_most(task.count);
            match &mut frame.current {
                Current::Kept(entry) => entry.set_values(encoded),
                Current::Open if was_top => {
                    frame.span.words = encoded.len() as u32;
                    stays = true;
                }
                Current::Open => frame.span.extra().values = encoded.to_vec(),
                Current::Gone | Current::Attached(_) => {}
            }
        }
        if !stays {
            desk.words.truncate(task.before);
        }
        // What the expressions have left open had its values on another desk, which is gone.
        for frame in self.frames_mut().iter_mut().skip(task.depth) {
            frame.words = desk.words.len();
            if frame.is_open() {
                (frame.span.words, frame.span.count) = (0, 0);
            }
        }
        self.desk = Some(desk);
        self.count(pipeline, Count::AttributeLost, refused);
    }
}
