//! Spans that futures keep: on a thread's stack for the time of a poll, and ended where the future ends.

use super::announce::{announce, revoke};
use super::chunk::Chunk;
use super::clock;
use super::encode;
use super::intern::Numbers;
use super::open::{OpenSpan, Outcome};
use super::thread::{Thread, with, with_given};
use crate::context::Context;
use crate::pipeline::registry;

/// What a future keeps between its polls.
#[derive(Debug)]
pub(crate) enum Entry {
    /// A span that is being recorded, and its values.
    Open(OpenSpan, Words),
    /// The context of one that is not.
    Attached(Context),
}

/// The values of a span that moves between threads; a few of them without memory of their own.
#[derive(Debug, Default)]
pub(crate) struct Words {
    few: [u64; FEW],
    len: usize,
    many: Vec<u64>,
}

const FEW: usize = 8;

impl Words {
    #[inline]
    pub(super) fn of(words: &[u64]) -> Self {
        let mut kept = Self::default();
        if let Some(few) = kept.few.get_mut(..words.len()) {
            few.copy_from_slice(words);
            kept.len = words.len();
        } else {
            kept.many = words.to_vec();
        }
        kept
    }

    #[inline]
    pub(super) fn as_slice(&self) -> &[u64] {
        match self.few.get(..self.len) {
            Some(few) if self.many.is_empty() => few,
            _ => &self.many,
        }
    }
}

impl Entry {
    /// The recorded span, if it is one.
    #[inline]
    pub(crate) fn open(&self) -> Option<&OpenSpan> {
        match self {
            Entry::Open(span, _) => Some(span),
            Entry::Attached(_) => None,
        }
    }

    #[inline]
    pub(super) fn open_mut(&mut self) -> Option<&mut OpenSpan> {
        match self {
            Entry::Open(span, _) => Some(span),
            Entry::Attached(_) => None,
        }
    }

    /// Records its encoded values.
    #[inline]
    pub(super) fn set_values(&mut self, encoded: &[u64]) {
        if let Entry::Open(_, words) = self {
            *words = Words::of(encoded);
        }
    }

    pub(super) fn attached(&self) -> Option<&Context> {
        match self {
            Entry::Attached(context) => Some(context),
            Entry::Open(..) => None,
        }
    }
}

/// Makes `entry` current and returns its place; it comes back if that is not possible.
#[inline]
pub(crate) fn push(entry: Box<Entry>) -> Result<usize, Option<Box<Entry>>> {
    let place = with_given(entry, Thread::push_kept)?;
    announce(place);
    Ok(place)
}

/// Takes the entry at `place` off the stack, after a poll.
#[inline]
pub(crate) fn pop(place: usize) -> Option<Box<Entry>> {
    revoke(place);
    with(|thread| thread.take(place)).flatten()
}

/// Notes that a future keeps the span from now on.
pub(crate) fn keep(entry: &mut Entry) {
    with(|thread| thread.count_age(entry.open_mut()));
}

/// Ends an entry that is not on any stack: a future that completed or was dropped.
#[expect(
    clippy::boxed_local,
    reason = "it is boxed in the future, and moving it out would cost more"
)]
pub(crate) fn finish(mut entry: Box<Entry>, outcome: Outcome) {
    let Entry::Open(span, _) = &mut *entry else {
        return;
    };
    span.set_outcome(outcome);
    let ended = with(|thread| {
        if let Entry::Open(span, words) = &mut *entry {
            thread.finish(span, words);
        }
    });
    if ended.is_none()
        && let Entry::Open(span, words) = &*entry
    {
        finish_without_thread(span, words);
    }
}

/// Ends a span whose thread is ending: in a chunk of its own.
fn finish_without_thread(span: &OpenSpan, values: &Words) {
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
    let extra = extra.map_or_else(Vec::new, |extra| encode::extra_words(extra, &mut numbers));
    let size = encode::HEADER + values.len() + extra.len();
    let chunk = Chunk::with_words(size);
    if let Some(room) = chunk.room(0, size) {
        encode::write(span, values, &extra, clock::now(), &mut numbers, room);
        chunk.publish(size);
    }
    pipeline.finish_without_thread(chunk, span.aged.then_some(span.start));
}

impl Thread {
    /// Counts a span that a future keeps by its age. One that is started inside another need not be counted: the other
    /// is older and waits for it.
    pub(super) fn count_age(&mut self, span: Option<&mut OpenSpan>) {
        let is_inside = self.current().is_some_and(|top| top.open().is_some());
        if let Some(span) = span
            && !span.aged
            && !is_inside
            && let Some(session) = self.session(span.pipeline)
        {
            session.local().count_kept(span.start, 1);
            span.aged = true;
        }
    }
}
