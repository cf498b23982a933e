//! A thread's stack of open spans and attached contexts.
//!
//! No user code runs while the stack is borrowed: values are made before, and dropped spans hold none of the
//! user's types.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use super::announce::is_foreign_inside;
use super::desk::Desk;
use super::frame::Frame;
use super::ledger::Count;
use super::local::Session;
use super::open::OpenSpan;
use crate::context::{Context, SpanId, foreign};
use crate::fork;
use crate::pipeline::{Pipeline, registry};

thread_local! {
    static THREAD: RefCell<Thread> = const { RefCell::new(Thread::new()) };
    /// What starts here without a parent of its own is not recorded: the thread is a worker's, or it is under a span
    /// whose trace is not recorded. Beside the state, because most spans of most programs are such.
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// The state of one thread.
#[derive(Debug)]
pub(super) struct Thread {
    pub(super) frames: Vec<Frame>,
    /// How many of the frames are in use.
    pub(super) depth: usize,
    pub(super) sessions: Vec<Session>,
    /// None until the first span, and while attributes are evaluated.
    pub(super) desk: Option<Box<Desk>>,
    /// The panic in flight has marked its innermost span; those that it unwinds through after that are not failed.
    pub(super) panic_marked: bool,
    /// Nothing that starts on this thread is recorded: it is a worker's.
    pub(super) suppressed: bool,
}

/// Runs `work` on this thread's state, unless the thread is ending or the state is in use.
#[inline]
pub(super) fn with<R>(work: impl FnOnce(&mut Thread) -> R) -> Option<R> {
    foreign::prepare();
    THREAD
        .try_with(|thread| Some(work(&mut *thread.try_borrow_mut().ok()?)))
        .ok()?
}

/// Like [`with`], for work that needs a value: the value comes back if the work cannot be done.
pub(super) fn with_given<T, R>(
    given: T,
    work: impl FnOnce(&mut Thread, T) -> R,
) -> Result<R, Option<T>> {
    let mut given = Some(given);
    let done = with(|thread| given.take().map(|given| work(thread, given)));
    done.flatten().ok_or(given)
}

/// True where a span without a parent of its own is not recorded.
#[inline]
pub(crate) fn is_silent() -> bool {
    SILENT.get() && !is_foreign_inside()
}

/// Says whether a span without a parent of its own is not recorded from now on.
#[inline]
pub(super) fn set_silent(silent: bool) {
    SILENT.set(silent);
}

impl Thread {
    const fn new() -> Self {
        Self {
            frames: Vec::new(),
            depth: 0,
            sessions: Vec::new(),
            desk: None,
            panic_marked: false,
            suppressed: false,
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

    /// The current entry.
    #[inline]
    pub(super) fn current(&self) -> Option<&Frame> {
        // What ended above the others has been taken off: the last one is current.
        self.frames().last()
    }

    /// True where a span of somebody else's is current inside what is current here.
    #[inline]
    pub(super) fn is_foreign_inside(&self) -> bool {
        foreign::is_inside(self.current().map(|frame| &frame.announced))
    }

    /// The context that a new span would be a child of.
    pub(super) fn context(&self) -> Context {
        if self.is_foreign_inside() {
            return foreign::current();
        }
        let current = self.current();
        let open = current.and_then(Frame::open).map(OpenSpan::context);
        open.or_else(|| current?.attached().cloned())
            .unwrap_or_default()
    }

    /// The place of the newest entry.
    pub(super) fn top(&self) -> Option<usize> {
        self.depth.checked_sub(1)
    }

    /// The current span, where the current entry is one.
    pub(super) fn current_span(&mut self) -> Option<&mut OpenSpan> {
        self.frames_mut().last_mut()?.open_mut()
    }

    /// The pipeline of the nearest frame that has one: a capture isolates what runs inside it.
    pub(super) fn surrounding_pipeline(&self) -> Option<u32> {
        let mut pipelines = self.frames().iter().rev().map(Frame::pipeline);
        pipelines.find(|pipeline| *pipeline != 0)
    }

    /// This thread's attachment to a pipeline, made on first use; `None` when the pipeline is gone.
    pub(super) fn session(&mut self, pipeline: u32) -> Option<&mut Session> {
        if let Some(at) = self.session_at(pipeline) {
            return Some(&mut self.sessions[at]);
        }
        self.sessions
            .retain(|session| !session.pipeline.is_closed());
        let pipeline: Arc<Pipeline> = (!fork::happened()).then(|| registry::find(pipeline))??;
        self.sessions.push(Session::attach(pipeline));
        self.sessions.last_mut()
    }

    #[inline]
    pub(super) fn session_at(&self, pipeline: u32) -> Option<usize> {
        self.sessions
            .iter()
            .position(|session| session.id == pipeline)
    }

    pub(super) fn open_at(&mut self, place: usize) -> Option<&mut OpenSpan> {
        self.frames_mut().get_mut(place)?.open_mut()
    }

    /// The open span with this identifier, looked for from the top.
    pub(super) fn find(&mut self, id: SpanId) -> Option<&mut OpenSpan> {
        let entries = self.frames_mut().iter_mut().rev();
        entries
            .filter_map(Frame::open_mut)
            .find(|span| span.span_id == id)
    }

    pub(super) fn count(&mut self, pipeline: u32, what: Count, by: u64) {
        if by > 0
            && let Some(session) = self.session(pipeline)
        {
            session.ledger().count(what, by);
        }
    }
}

/// The attachment to a pipeline: of a few at most, and mostly of one.
#[inline]
pub(super) fn find(sessions: &mut [Session], pipeline: u32) -> Option<&mut Session> {
    sessions.iter_mut().find(|session| session.id == pipeline)
}

/// The values of a span whose frame begins at `from`.
#[inline]
pub(super) fn values_of<'a>(words: &'a [u64], from: usize, span: &OpenSpan) -> &'a [u64] {
    words
        .get(from..from + span.words as usize)
        .unwrap_or_default()
}

impl Drop for Thread {
    fn drop(&mut self) {
        let depth = std::mem::take(&mut self.depth);
        for frame in std::mem::take(&mut self.frames).iter().take(depth) {
            if let Some(span) = frame.open()
                && let Some(session) = self.session(span.pipeline)
            {
                session.ledger().count(Count::Closed, 1);
                session.ledger().count(Count::ThreadEnded, 1);
            }
        }
    }
}

/// Switches recording off for whatever runs on this thread, until it ends.
pub(crate) fn suppress() {
    set_suppressed(true);
}

/// True on a worker's thread, inside an exporter.
pub(crate) fn is_suppressed() -> bool {
    with(|thread| thread.suppressed).unwrap_or(false)
}

/// Records for the time of `work` although this thread is a worker's: to measure what recording costs.
pub(crate) fn unsuppressed<R>(work: impl FnOnce() -> R) -> R {
    let before = set_suppressed(false);
    let result = work();
    set_suppressed(before);
    result
}

fn set_suppressed(suppressed: bool) -> bool {
    let before = with(|thread| {
        let before = std::mem::replace(&mut thread.suppressed, suppressed);
        thread.drop_gone();
        before
    });
    before.unwrap_or(false)
}
