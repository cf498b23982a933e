//! What can be current on a thread.

use super::kept::Entry;
use super::open::OpenSpan;
use crate::context::Context;
use crate::context::foreign::Announced;

/// One entry of a thread's stack. It stays when it has ended and is filled again: a span is written where it lives, and
/// not moved there.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) current: Current,
    /// The span, where `current` says so; else one that has ended.
    pub(super) span: OpenSpan,
    /// How many words of values there were on the thread when it began.
    pub(super) words: usize,
    /// What the OpenTelemetry API knows of it.
    pub(super) announced: Announced,
}

/// What the entry is.
#[derive(Debug)]
pub(super) enum Current {
    /// It ended before those above it.
    Gone,
    /// A span that is being recorded, and lives here.
    Open,
    /// What a future keeps, here for the time of a poll.
    Kept(Box<Entry>),
    /// A context without a span of this thread: carried here, or of a trace that is not recorded.
    Attached(Box<Context>),
}

impl Frame {
    pub(super) fn empty() -> Self {
        Self {
            current: Current::Gone,
            span: OpenSpan::none(),
            words: 0,
            announced: Announced::default(),
        }
    }

    /// True for a span that lives here.
    #[inline]
    pub(super) fn is_open(&self) -> bool {
        matches!(self.current, Current::Open)
    }

    #[inline]
    pub(super) fn open(&self) -> Option<&OpenSpan> {
        match &self.current {
            Current::Open => Some(&self.span),
            Current::Kept(entry) => entry.open(),
            Current::Gone | Current::Attached(_) => None,
        }
    }

    #[inline]
    pub(super) fn open_mut(&mut self) -> Option<&mut OpenSpan> {
        match &mut self.current {
            Current::Open => Some(&mut self.span),
            Current::Kept(entry) => entry.open_mut(),
            Current::Gone | Current::Attached(_) => None,
        }
    }

    pub(super) fn attached(&self) -> Option<&Context> {
        match &self.current {
            Current::Attached(context) => Some(context),
            Current::Kept(entry) => entry.attached(),
            Current::Gone | Current::Open => None,
        }
    }

    #[inline]
    pub(super) fn is_gone(&self) -> bool {
        matches!(self.current, Current::Gone)
    }

    /// True for a span of this process whose trace is not recorded: nothing below it is.
    #[inline]
    pub(super) fn is_silent(&self) -> bool {
        !self.is_open()
            && self.attached().is_some_and(|context| {
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
