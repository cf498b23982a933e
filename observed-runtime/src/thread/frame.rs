//! One entry of a thread's stack: a span, a suspended span that is being polled, or a context without a span.

use crate::bridge::Attachment;
use crate::identity::Context;
use crate::record::open::OpenSpan;

/// One entry of a thread's stack. It stays when it has ended and is filled again: a span is written where it lives, and
/// not moved there.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) content: Content,
    /// The span, where `content` says so; else one that has ended.
    pub(super) span: OpenSpan,
    /// How many cells of values there were on the thread when it began.
    pub(super) cells: usize,
    /// What is attached for it to the OpenTelemetry API's context.
    pub(super) attachment: Attachment,
}

/// What an entry is.
#[derive(Debug)]
pub(super) enum Content {
    /// It ended before those above it.
    Gone,
    /// A span that is being recorded, and lives here.
    Open,
    /// What a future holds between its polls, here for the time of one.
    Suspended(Box<SuspendedSpan>),
    /// A context without a span of this thread: carried here, or of a trace that is not recorded.
    Attached(Box<Context>),
}

/// What a future holds between its polls.
#[derive(Debug)]
pub(crate) enum SuspendedSpan {
    /// A span that is being recorded, and its values.
    Open(OpenSpan, Values),
    /// The context of one that is not.
    Attached(Context),
}

/// The values of a span that moves between threads; a few of them without memory of their own.
#[derive(Debug, Default)]
pub(crate) struct Values {
    few: [u64; FEW],
    len: usize,
    many: Vec<u64>,
}

const FEW: usize = 8;

impl Values {
    #[inline]
    pub(super) fn of(cells: &[u64]) -> Self {
        let mut copied = Self::default();
        if let Some(few) = copied.few.get_mut(..cells.len()) {
            few.copy_from_slice(cells);
            copied.len = cells.len();
        } else {
            copied.many = cells.to_vec();
        }
        copied
    }

    #[inline]
    pub(super) fn as_slice(&self) -> &[u64] {
        match self.few.get(..self.len) {
            Some(few) if self.many.is_empty() => few,
            _ => &self.many,
        }
    }
}

impl SuspendedSpan {
    /// Memory for one that is recorded.
    pub(super) fn none() -> Box<Self> {
        Box::new(Self::Open(OpenSpan::none(), Values::default()))
    }

    /// Begins a span in the place of one that has ended.
    #[inline]
    pub(super) fn reuse(&mut self, begin: impl FnOnce(&mut OpenSpan)) {
        if let Self::Open(span, values) = self {
            begin(span);
            values.len = 0;
        }
    }

    /// Lets go of what only this one had; false for what cannot begin again.
    pub(super) fn empty(&mut self) -> bool {
        let Self::Open(span, values) = self else {
            return false;
        };
        span.extra = None;
        values.many = Vec::new();
        true
    }

    /// The recorded span, if it is one.
    #[inline]
    pub(crate) fn open(&self) -> Option<&OpenSpan> {
        match self {
            Self::Open(span, _) => Some(span),
            Self::Attached(_) => None,
        }
    }

    #[inline]
    pub(super) fn open_mut(&mut self) -> Option<&mut OpenSpan> {
        match self {
            Self::Open(span, _) => Some(span),
            Self::Attached(_) => None,
        }
    }

    /// Records its encoded values.
    #[inline]
    pub(super) fn set_values(&mut self, encoded: &[u64]) {
        if let Self::Open(_, cells) = self {
            *cells = Values::of(encoded);
        }
    }

    pub(super) fn attached(&self) -> Option<&Context> {
        match self {
            Self::Attached(context) => Some(context),
            Self::Open(..) => None,
        }
    }

    /// The context that a span started under it is a child of.
    pub(crate) fn context(&self) -> Context {
        match self {
            Self::Open(span, _) => span.context(),
            Self::Attached(context) => context.clone(),
        }
    }
}

impl Frame {
    pub(super) fn empty() -> Self {
        Self {
            content: Content::Gone,
            span: OpenSpan::none(),
            cells: 0,
            attachment: Attachment::default(),
        }
    }

    /// True for a span that lives here.
    #[inline]
    pub(super) fn is_open(&self) -> bool {
        matches!(self.content, Content::Open)
    }

    #[inline]
    pub(super) fn open(&self) -> Option<&OpenSpan> {
        match &self.content {
            Content::Open => Some(&self.span),
            Content::Suspended(suspended) => suspended.open(),
            Content::Gone | Content::Attached(_) => None,
        }
    }

    #[inline]
    pub(super) fn open_mut(&mut self) -> Option<&mut OpenSpan> {
        match &mut self.content {
            Content::Open => Some(&mut self.span),
            Content::Suspended(suspended) => suspended.open_mut(),
            Content::Gone | Content::Attached(_) => None,
        }
    }

    pub(super) fn attached(&self) -> Option<&Context> {
        match &self.content {
            Content::Attached(context) => Some(context),
            Content::Suspended(suspended) => suspended.attached(),
            Content::Gone | Content::Open => None,
        }
    }

    #[inline]
    pub(super) fn is_gone(&self) -> bool {
        matches!(self.content, Content::Gone)
    }

    /// The context that a new span would be a child of.
    pub(super) fn context(&self) -> Option<Context> {
        let open = self.open().map(OpenSpan::context);
        open.or_else(|| self.attached().cloned())
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
