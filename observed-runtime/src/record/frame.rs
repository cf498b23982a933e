//! What can be current on a thread.

use super::open::OpenSpan;
use crate::context::Context;

/// One entry of a thread's stack.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) entry: Current,
    /// How many words of values there were on the thread when it was pushed.
    pub(super) words: usize,
}

/// What the entry is.
#[derive(Debug)]
pub(super) enum Current {
    /// It ended before those above it.
    Gone,
    /// A span that is being recorded, and lives here.
    Open(OpenSpan),
    /// One that a future keeps, here for the time of a poll.
    Kept(Box<Entry>),
    /// A context without a span of this thread: carried here, or of a trace that is not recorded.
    Attached(Context),
}

/// What a future keeps between its polls.
#[derive(Debug)]
pub(crate) enum Entry {
    /// A span that is being recorded.
    Open(OpenSpan),
    /// The context of one that is not.
    Attached(Context),
}

impl Entry {
    /// The recorded span, if it is one.
    pub(crate) fn open(&self) -> Option<&OpenSpan> {
        match self {
            Entry::Open(span) => Some(span),
            Entry::Attached(_) => None,
        }
    }
}

impl Current {
    #[inline]
    pub(super) fn open(&self) -> Option<&OpenSpan> {
        match self {
            Current::Open(span) => Some(span),
            Current::Kept(entry) => entry.open(),
            Current::Gone | Current::Attached(_) => None,
        }
    }

    #[inline]
    pub(super) fn open_mut(&mut self) -> Option<&mut OpenSpan> {
        match self {
            Current::Open(span) => Some(span),
            Current::Kept(entry) => match &mut **entry {
                Entry::Open(span) => Some(span),
                Entry::Attached(_) => None,
            },
            Current::Gone | Current::Attached(_) => None,
        }
    }

    pub(super) fn attached(&self) -> Option<&Context> {
        match self {
            Current::Attached(context) => Some(context),
            Current::Kept(entry) => match &**entry {
                Entry::Attached(context) => Some(context),
                Entry::Open(_) => None,
            },
            Current::Gone | Current::Open(_) => None,
        }
    }

    pub(super) fn is_gone(&self) -> bool {
        matches!(self, Current::Gone)
    }

    /// True for a span of this process whose trace is not recorded: nothing below it is.
    pub(super) fn is_silent(&self) -> bool {
        self.attached().is_some_and(|context| {
            context.is_a_span() && !context.sampled && !context.on_trial && !context.remote
        })
    }

    /// The number of the pipeline that it belongs to; 0 for none.
    pub(super) fn pipeline(&self) -> u32 {
        match (self.open(), self.attached()) {
            (Some(span), _) => span.pipeline,
            (None, Some(context)) => context.pipeline,
            (None, None) => 0,
        }
    }
}
