//! A thread's stack of open spans and attached contexts.
//!
//! No user code runs while the stack is borrowed: values are made before, and dropped spans hold none of the
//! user's types.

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::sync::Arc;

use super::annotate::Scratch;
use super::frame::{Current, Frame};
use super::intern::Numbers;
use super::ledger::Count;
use super::local::Session;
use super::open::{OpenSpan, Outcome, Values};
use crate::context::{Context, SpanId};
use crate::fork;
use crate::pipeline::{Pipeline, registry};

pub(crate) use super::frame::Entry;

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
    /// The encoded values of the open spans.
    pub(super) words: Vec<u64>,
    pub(super) sessions: Vec<Session>,
    /// None until the first span, and while attributes are evaluated.
    pub(super) scratch: Option<Box<Scratch>>,
    /// The panic in flight has marked its innermost span; those that it unwinds through after that are not failed.
    panic_marked: bool,
    /// Nothing that starts on this thread is recorded: it is a worker's.
    pub(super) suppressed: bool,
}

/// Runs `work` on this thread's state, unless the thread is ending or the state is in use.
#[inline]
pub(super) fn with<R>(work: impl FnOnce(&mut Thread) -> R) -> Option<R> {
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
    SILENT.get()
}

impl Thread {
    const fn new() -> Self {
        Self {
            frames: Vec::new(),
            words: Vec::new(),
            sessions: Vec::new(),
            scratch: None,
            panic_marked: false,
            suppressed: false,
        }
    }

    /// The current entry.
    fn current(&self) -> Option<&Current> {
        let mut entries = self.frames.iter().rev().map(|frame| &frame.entry);
        entries.find(|entry| !entry.is_gone())
    }

    /// The context that a new span would be a child of.
    pub(super) fn context(&self) -> Context {
        let current = self.current();
        let open = current.and_then(Current::open).map(OpenSpan::context);
        open.or_else(|| current?.attached().cloned())
            .unwrap_or_default()
    }

    /// The place of the newest entry, ended or not.
    pub(super) fn top(&self) -> Option<usize> {
        self.frames.len().checked_sub(1)
    }

    /// The current span, where the current entry is one.
    pub(super) fn current_span(&mut self) -> Option<&mut OpenSpan> {
        let mut entries = self.frames.iter_mut().rev().map(|frame| &mut frame.entry);
        entries.find(|entry| !entry.is_gone())?.open_mut()
    }

    /// The pipeline of the nearest frame that has one: a capture isolates what runs inside it.
    pub(super) fn surrounding_pipeline(&self) -> Option<u32> {
        let mut pipelines = self.frames.iter().rev().map(|frame| frame.entry.pipeline());
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

    /// Pushes an entry and returns its place.
    #[inline]
    pub(super) fn push(&mut self, entry: Current) -> usize {
        // A start that does not happen during a panic shows that the last one is over.
        self.panic_marked &= std::thread::panicking();
        if let Some(span) = entry.open()
            && let Some(at) = self.session_at(span.pipeline)
            && self.sessions[at].local().oldest().is_none()
        {
            self.sessions[at].local().set_oldest(Some(span.start));
        }
        SILENT.set(self.suppressed || entry.is_silent());
        self.frames.push(Frame {
            entry,
            words: self.words.len(),
        });
        self.frames.len() - 1
    }

    /// Takes the entry at `place` out; those above it stay where they are until they end themselves.
    pub(super) fn take(&mut self, place: usize) -> Option<Current> {
        let frame = self.frames.get_mut(place)?;
        let mut entry = std::mem::replace(&mut frame.entry, Current::Gone);
        if let Current::Open(span) = &mut entry
            && let Values::OnStack(len) = span.values
        {
            let values = self.words.get(frame.words..frame.words + len);
            span.values = Values::Own(values.unwrap_or_default().to_vec());
        }
        self.drop_gone();
        if let Some(span) = entry.open() {
            self.note_oldest(span);
        }
        Some(entry)
    }

    /// Drops the ended entries at the top, and what they kept.
    #[inline]
    fn drop_gone(&mut self) {
        while let Some(frame) = self.frames.last()
            && frame.entry.is_gone()
        {
            self.words.truncate(frame.words);
            self.frames.pop();
        }
        let silent = self.frames.last().is_some_and(|top| top.entry.is_silent());
        SILENT.set(self.suppressed || silent);
    }

    /// Notes that a span is no longer on the stack.
    #[inline]
    fn note_oldest(&self, span: &OpenSpan) {
        if let Some(at) = self.session_at(span.pipeline)
            && self.sessions[at].local().oldest() == Some(span.start)
        {
            self.find_oldest(at);
        }
    }

    #[cold]
    fn find_oldest(&self, session: usize) {
        let session = &self.sessions[session];
        let open = self.frames.iter().filter_map(|frame| frame.entry.open());
        let oldest = open
            .filter(|span| span.pipeline == session.id)
            .map(|span| span.start)
            .min();
        session.local().set_oldest(oldest);
    }

    pub(super) fn open_at(&mut self, place: usize) -> Option<&mut OpenSpan> {
        self.frames.get_mut(place)?.entry.open_mut()
    }

    /// Ends the entry at `place`.
    #[inline]
    fn exit(&mut self, place: usize) {
        if place + 1 == self.frames.len()
            && let Some(frame) = self.frames.last_mut()
            && let Current::Open(span) = &mut frame.entry
            && let Values::OnStack(len) = span.values
            && let Some(at) = self
                .sessions
                .iter()
                .position(|session| session.id == span.pipeline)
        {
            mark_panic(span, &mut self.panic_marked);
            let session = &mut self.sessions[at];
            let values = self.words.get(frame.words..frame.words + len);
            let scratch = self.scratch.get_or_insert_default();
            finish(
                session,
                span,
                values.unwrap_or_default(),
                &mut scratch.numbers,
            );
            let was_oldest = session.local().oldest() == Some(span.start);
            frame.entry = Current::Gone;
            self.drop_gone();
            if was_oldest {
                self.find_oldest(at);
            }
            return;
        }
        match self.take(place) {
            Some(Current::Open(span)) => self.finish(span),
            Some(Current::Kept(entry)) => {
                if let Entry::Open(span) = *entry {
                    self.finish(span);
                }
            }
            Some(Current::Gone | Current::Attached(_)) | None => {}
        }
    }

    /// Ends a span that is no longer on the stack.
    pub(super) fn finish(&mut self, mut span: OpenSpan) {
        mark_panic(&mut span, &mut self.panic_marked);
        if self.session(span.pipeline).is_none() {
            return;
        }
        if let Some(at) = self.session_at(span.pipeline) {
            let session = &mut self.sessions[at];
            let scratch = self.scratch.get_or_insert_default();
            finish(session, &span, span.values.own(), &mut scratch.numbers);
        }
    }

    /// The open span with this identifier, looked for from the top.
    pub(super) fn find(&mut self, id: SpanId) -> Option<&mut OpenSpan> {
        let entries = self.frames.iter_mut().rev();
        entries
            .filter_map(|frame| frame.entry.open_mut())
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

impl Values {
    fn own(&self) -> &[u64] {
        match self {
            Values::Own(words) => words,
            Values::OnStack(_) => &[],
        }
    }
}

/// Ends a span: into the chunk, or dropped where nothing is recorded any more.
#[inline]
fn finish(session: &mut Session, span: &OpenSpan, values: &[u64], numbers: &mut Numbers) {
    session.ledger().count(Count::Closed, 1);
    if span.kept {
        session.local().count_kept(span.start, -1);
    }
    if let Some(reason) = session.pipeline.refusal() {
        session.ledger().count(reason, 1);
    } else {
        session.finish(span, values, numbers);
    }
}

/// A panic that began inside the span fails it, the innermost span only.
#[inline]
fn mark_panic(span: &mut OpenSpan, marked: &mut bool) {
    if span.outcome == Outcome::Cancelled {
        // A future that is dropped while its owner unwinds has not panicked itself.
        return;
    }
    if !std::thread::panicking() {
        *marked = false;
    } else if !span.started_panicking && !*marked {
        span.outcome = Outcome::Failed("panic");
        *marked = true;
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        for frame in std::mem::take(&mut self.frames) {
            if let Some(span) = frame.entry.open()
                && let Some(session) = self.session(span.pipeline)
            {
                session.ledger().count(Count::Closed, 1);
                session.ledger().count(Count::ThreadEnded, 1);
            }
        }
    }
}

/// The context of the current span of this thread.
pub(crate) fn current_context() -> Context {
    with(|thread| thread.context()).unwrap_or_default()
}

/// Makes `context` current until the result is dropped; nothing where the thread is ending.
pub(crate) fn attach(context: &Context) -> Attached {
    let place = with_given(context.clone(), |thread, context| {
        thread.push(Current::Attached(context))
    });
    Attached {
        place: place.ok(),
        _on_one_thread: PhantomData,
    }
}

/// A context attached to this thread.
#[derive(Debug)]
pub(crate) struct Attached {
    place: Option<usize>,
    _on_one_thread: PhantomData<*const ()>,
}

impl Drop for Attached {
    fn drop(&mut self) {
        if let Some(place) = self.place {
            with(|thread| thread.take(place));
        }
    }
}

/// Ends the entry at `place`.
#[inline(never)]
pub(crate) fn exit(place: usize) {
    with(|thread| thread.exit(place));
}

/// Switches recording off for whatever runs on this thread, until it ends.
pub(crate) fn suppress() {
    set_suppressed(true);
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
