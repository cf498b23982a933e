//! Spans that futures hold: on a thread's stack for the time of a poll, and ended where the future ends.

use super::annotate::add_to;
use super::attributes::at_most;
use super::bridge::{attach, detach};
use super::frame::{SuspendedSpan, Values};
use super::state::{Thread, with, with_given};
use crate::identity::Context;
use crate::pipeline::ledger::Count;
use crate::pipeline::registry;
use crate::record::chunk::Chunk;
use crate::record::clock;
use crate::record::event::Event;
use crate::record::intern::Numbers;
use crate::record::open::{OpenSpan, Outcome};
use crate::record::span_codec;
use crate::record::value_codec::Encoder;
use crate::value::Value;

/// Makes a suspended span current and returns its index; it comes back if that is not possible.
#[inline]
pub(crate) fn resume(suspended: Box<SuspendedSpan>) -> Result<usize, Option<Box<SuspendedSpan>>> {
    let index = with_given(suspended, Thread::push_suspended)?;
    attach(index);
    Ok(index)
}

/// Takes the entry at `index` off the stack, after a poll.
#[inline]
pub(crate) fn suspend(index: usize) -> Option<Box<SuspendedSpan>> {
    detach(index);
    with(|thread| thread.take(index)).flatten()
}

/// Notes that a future holds the span from now on.
pub(crate) fn note_held(suspended: &mut SuspendedSpan) {
    with(|thread| thread.count_age(suspended.open_mut()));
}

/// Ends a span that is not on any stack: its future completed or was dropped.
pub(crate) fn finish(mut suspended: Box<SuspendedSpan>, outcome: Outcome) {
    let SuspendedSpan::Open(span, _) = &mut *suspended else {
        return;
    };
    span.set_outcome(outcome);
    let ended = with_given(suspended, |thread, mut suspended| {
        if let SuspendedSpan::Open(span, cells) = &mut *suspended {
            thread.finish(span, cells);
        }
        thread.keep(suspended);
    });
    if let Err(Some(suspended)) = ended
        && let SuspendedSpan::Open(span, cells) = &*suspended
    {
        finish_without_thread(span, cells);
    }
}

/// Records the attributes of a span that no thread has made current yet.
pub(crate) fn record(suspended: &mut SuspendedSpan, values: &[Value]) {
    with(|thread| {
        let Some(pipeline) = suspended.open().map(|span| span.pipeline) else {
            return;
        };
        let scratch = thread.scratch().get_or_insert_default();
        let before = scratch.cells.len();
        let mut encoder = Encoder::new(&mut scratch.cells, &mut scratch.numbers);
        for value in values {
            encoder.add(value);
        }
        let (count, refused) = (encoder.count, encoder.refused);
        suspended.set_values(scratch.cells.get(before..).unwrap_or_default());
        scratch.cells.truncate(before);
        if let Some(span) = suspended.open_mut() {
            span.count = at_most(count);
        }
        thread.count(pipeline, Count::AttributeLost, refused);
    });
}

/// Sets a late attribute of a span that is on no stack.
pub(crate) fn set_late(suspended: &mut SuspendedSpan, key: usize, value: Value) {
    if let Some(span) = suspended.open_mut() {
        let (pipeline, recorded) = (span.pipeline, span.set_late(key, value));
        with(|thread| thread.count(pipeline, Count::AttributeLost, u64::from(!recorded)));
    }
}

/// Notes the panic in flight on the span that it passes through, if it is the innermost one.
#[cold]
pub(crate) fn note_panic(suspended: &mut SuspendedSpan) {
    with(|thread| {
        if let Some(span) = suspended.open_mut() {
            thread.ending_of(span);
        }
    });
}

/// Adds a link to a span that is on no stack.
pub(crate) fn add_link(suspended: &mut SuspendedSpan, to: Context) {
    if let Some(span) = suspended.open_mut() {
        span.extra().links.add(to);
    }
}

/// Adds an event to a span that is on no stack.
pub(crate) fn add_event(suspended: &mut SuspendedSpan, event: Event) {
    if let Some(span) = suspended.open_mut() {
        let lost = add_to(span, event);
        let pipeline = span.pipeline;
        with(|thread| thread.count(pipeline, Count::AttributeLost, lost));
    }
}

/// Ends a span whose thread is ending: in a chunk of its own.
fn finish_without_thread(span: &OpenSpan, values: &Values) {
    let Some(pipeline) = registry::find(span.pipeline) else {
        return;
    };
    let mut numbers = Numbers::default();
    let extra = span.extra.as_deref();
    let own = extra.map(|extra| extra.values.as_slice());
    let values = match own {
        Some(own) if !own.is_empty() => own,
        _ => values.as_slice(),
    };
    let extra = extra.map_or_else(Vec::new, |extra| {
        span_codec::extra_cells(extra, &mut numbers)
    });
    let size = span_codec::HEADER + values.len() + extra.len();
    let chunk = Chunk::with_cells(size);
    if let Some(room) = chunk.room(0, size) {
        span_codec::write(span, values, &extra, clock::now(), &mut numbers, room);
        chunk.publish(size);
    }
    pipeline.finish_without_thread(chunk, span.aged.then_some(span.start));
}

impl Thread {
    /// Counts a span that a future holds by its age. One that is started inside another need not be counted: the other
    /// is older and waits for it.
    pub(super) fn count_age(&mut self, span: Option<&mut OpenSpan>) {
        let is_inside = self
            .stack()
            .current()
            .is_some_and(|top| top.open().is_some());
        if let Some(span) = span
            && !span.aged
            && !is_inside
            && let Some(session) = self.session(span.pipeline)
        {
            session.local().count_suspended(span.start, 1);
            span.aged = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Inner;

    #[test]
    fn the_values_of_a_held_span_are_with_it_and_leave_nothing_on_the_thread() {
        let mut held = SuspendedSpan::none();
        for _ in 0..3 {
            record(&mut held, &[Value(Inner::I64(7)), Value(Inner::Absent)]);
            assert_eq!(with(|thread| thread.scratch_cells()), Some(0));
        }
        let SuspendedSpan::Open(span, values) = &*held else {
            panic!("{held:?}")
        };
        // One cell of tags, and the number.
        assert_eq!((span.count, values.as_slice().len()), (2, 2));
    }
}
