//! The state of one thread, and the only way to it.
//!
//! No user code runs while it is borrowed: values are made before, and dropped spans hold none of the user's types.

use std::cell::{Cell, RefCell};

use super::frame::{Frame, SuspendedSpan};
use super::scratch::Scratch;
use super::session::{Session, Sessions};
use super::stack::Stack;
use crate::bridge;
use crate::identity::Context;
use crate::pipeline::ledger::Count;
use crate::record::open::OpenSpan;

/// So many futures may end one after the other before others begin, and no memory is given back: some 16 KB a thread.
const MOST_SPARE: usize = 64;

thread_local! {
    static THREAD: RefCell<Thread> = const { RefCell::new(Thread::new()) };
    /// What starts here without a parent of its own is not recorded: the thread is a worker's, or it is under a span
    /// whose trace is not recorded. Beside the state, because most spans of most programs are such.
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// The state of one thread.
#[derive(Debug)]
pub(super) struct Thread {
    stack: Stack,
    sessions: Sessions,
    /// None until the first span, and while attributes are evaluated.
    scratch: Option<Box<Scratch>>,
    /// What futures held whose spans have ended, for those to come.
    #[expect(clippy::vec_box, reason = "the boxes are what is kept")]
    spares: Vec<Box<SuspendedSpan>>,
    /// The panic in flight has marked its innermost span; those that it unwinds through after that are not failed.
    panic_noted: bool,
    /// Nothing that starts on this thread is recorded: it is a worker's.
    suppressed: bool,
}

/// What the end of the current span works on.
pub(super) struct Ending<'a> {
    pub(super) frame: &'a mut Frame,
    pub(super) session: &'a mut Session,
    pub(super) scratch: &'a mut Scratch,
}

/// Runs `work` on this thread's state, unless the thread is ending or the state is in use.
#[inline]
pub(super) fn with<R>(work: impl FnOnce(&mut Thread) -> R) -> Option<R> {
    bridge::prepare();
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

/// True where a span of somebody else's is current inside what is current here, on a thread that records.
#[cfg(feature = "otel-context")]
fn is_foreign_inside() -> bool {
    with(|thread| !thread.suppressed && thread.is_foreign_inside()).unwrap_or(false)
}

#[cfg(not(feature = "otel-context"))]
#[inline]
fn is_foreign_inside() -> bool {
    false
}

impl Thread {
    const fn new() -> Self {
        Self {
            stack: Stack::new(),
            sessions: Sessions::new(),
            scratch: None,
            spares: Vec::new(),
            panic_noted: false,
            suppressed: false,
        }
    }

    #[inline]
    pub(super) fn stack(&self) -> &Stack {
        &self.stack
    }

    #[inline]
    pub(super) fn stack_mut(&mut self) -> &mut Stack {
        &mut self.stack
    }

    /// The attachment to a pipeline, if there is one.
    #[inline]
    pub(super) fn known_session(&self, pipeline: u32) -> Option<&Session> {
        self.sessions.get(pipeline)
    }

    /// The attachment to a pipeline, made on first use; none when the pipeline is gone.
    pub(super) fn session(&mut self, pipeline: u32) -> Option<&mut Session> {
        self.sessions.attached(pipeline)
    }

    /// The scratch memory as it lies there; none before the first span, and while attributes are evaluated.
    #[inline]
    pub(super) fn scratch(&mut self) -> &mut Option<Box<Scratch>> {
        &mut self.scratch
    }

    /// Memory for what a future holds.
    #[inline]
    pub(super) fn spare(&mut self) -> Box<SuspendedSpan> {
        self.spares.pop().unwrap_or_else(SuspendedSpan::none)
    }

    /// Keeps the memory of what a future held, whose span has ended.
    #[inline]
    pub(super) fn keep(&mut self, mut held: Box<SuspendedSpan>) {
        if self.spares.len() < MOST_SPARE && held.empty() {
            self.spares.push(held);
        }
    }

    /// The scratch memory, and the entry at `index` where it is the current one.
    #[inline]
    pub(super) fn recording(&mut self, index: usize) -> (&mut Scratch, Option<&mut Frame>) {
        let scratch = self.scratch.get_or_insert_default();
        (scratch, self.stack.top_at(index))
    }

    /// How many cells of values the open spans have.
    #[inline]
    pub(super) fn scratch_cells(&self) -> usize {
        self.scratch
            .as_ref()
            .map_or(0, |scratch| scratch.cells.len())
    }

    /// What ends the span at `index`, where it is the current entry, lives there, and its pipeline is attached to. A panic
    /// that began inside the span is noted.
    #[inline]
    pub(super) fn ending(&mut self, index: usize) -> Option<Ending<'_>> {
        let frame = self.stack.top_at(index).filter(|frame| frame.is_open())?;
        let session = self.sessions.get_mut(frame.span.pipeline)?;
        frame.span.note_panic(&mut self.panic_noted);
        Some(Ending {
            frame,
            session,
            scratch: self.scratch.get_or_insert_default(),
        })
    }

    /// What ends a span that is no longer on the stack: its pipeline's session, attached to if need be. A panic that began
    /// inside the span is noted.
    pub(super) fn ending_of(
        &mut self,
        span: &mut OpenSpan,
    ) -> Option<(&mut Session, &mut Scratch)> {
        span.note_panic(&mut self.panic_noted);
        let session = self.sessions.attached(span.pipeline)?;
        Some((session, self.scratch.get_or_insert_default()))
    }

    /// Notes that something becomes current: a start that does not happen during a panic shows that the last one is over.
    #[inline]
    pub(super) fn note_start(&mut self) {
        self.panic_noted &= std::thread::panicking();
    }

    #[inline]
    pub(super) fn is_suppressed(&self) -> bool {
        self.suppressed
    }

    /// Says whether a span without a parent of its own is not recorded from now on.
    #[inline]
    pub(super) fn set_silent(&self, silent: bool) {
        SILENT.set(self.suppressed || silent);
    }

    /// True where a span of somebody else's is current inside what is current here.
    #[inline]
    pub(super) fn is_foreign_inside(&self) -> bool {
        bridge::is_inside(self.stack.current().map(|frame| &frame.attachment))
    }

    /// The context that a new span would be a child of.
    pub(super) fn context(&self) -> Context {
        if self.is_foreign_inside() {
            return bridge::current();
        }
        let current = self.stack.current().and_then(Frame::context);
        current.unwrap_or_default()
    }

    pub(super) fn count(&mut self, pipeline: u32, what: Count, by: u64) {
        if by > 0
            && let Some(session) = self.session(pipeline)
        {
            session.ledger().count(what, by);
        }
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        for frame in self.stack.take_all() {
            if let Some(span) = frame.open()
                && let Some(session) = self.sessions.attached(span.pipeline)
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
        let silent = thread.stack.current().is_some_and(Frame::is_silent);
        thread.set_silent(silent);
        before
    });
    before.unwrap_or(false)
}
