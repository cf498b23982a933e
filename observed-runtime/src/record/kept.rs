//! Spans that futures keep: on a thread's stack for the time of a poll, and ended where the future ends.

use super::chunk::Chunk;
use super::clock;
use super::encode;
use super::frame::{Current, Entry};
use super::intern::Numbers;
use super::open::{OpenSpan, Outcome, Values};
use super::thread::{Thread, with, with_given};
use crate::pipeline::registry;

/// Makes `entry` current and returns its place; it comes back if that is not possible.
pub(crate) fn push(entry: Box<Entry>) -> Result<usize, Option<Box<Entry>>> {
    with_given(entry, |thread, entry| thread.push(Current::Kept(entry)))
}

/// Takes the entry at `place` off the stack, after a poll.
pub(crate) fn pop(place: usize) -> Option<Box<Entry>> {
    match with(|thread| thread.take(place)).flatten()? {
        Current::Kept(entry) => Some(entry),
        Current::Open(span) => Some(Box::new(Entry::Open(span))),
        Current::Attached(context) => Some(Box::new(Entry::Attached(context))),
        Current::Gone => None,
    }
}

/// Notes that a future keeps the span from now on.
pub(crate) fn keep(entry: &mut Entry) {
    if let Entry::Open(span) = entry
        && !span.kept
    {
        if matches!(span.values, Values::OnStack(_)) {
            span.values = Values::Own(Vec::new());
        }
        span.kept = with(|thread| {
            let session = thread.session(span.pipeline)?;
            session.local().count_kept(span.start, 1);
            Some(())
        })
        .flatten()
        .is_some();
    }
}

/// Ends an entry that is not on any stack: a future that completed or was dropped.
pub(crate) fn finish(entry: Entry, outcome: Outcome) {
    let Entry::Open(mut span) = entry else {
        return;
    };
    span.set_outcome(outcome);
    let ended = with_given(span, Thread::finish);
    if let Err(Some(span)) = ended {
        finish_without_thread(&span);
    }
}

/// Ends a span whose thread is ending: in a chunk of its own.
fn finish_without_thread(span: &OpenSpan) {
    let Some(pipeline) = registry::find(span.pipeline) else {
        return;
    };
    let mut numbers = Numbers::default();
    let values: &[u64] = match &span.values {
        Values::Own(words) => words,
        Values::OnStack(_) => &[],
    };
    let extra = span.extra.as_deref();
    let extra = extra.map_or_else(Vec::new, |extra| encode::extra_words(extra, &mut numbers));
    let size = encode::HEADER + values.len() + extra.len();
    let chunk = Chunk::with_words(size);
    if let Some(room) = chunk.room(0, size) {
        encode::write(span, values, &extra, clock::now(), &mut numbers, room);
        chunk.publish(size);
    }
    pipeline.finish_without_thread(chunk, span.kept.then_some(span.start));
}
