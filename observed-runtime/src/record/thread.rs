//! A thread's stack of open spans and attached contexts.
//!
//! No user code runs while the stack is borrowed: values are made before, and dropped spans hold none of the
//! user's types.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::sync::Arc;

use super::clock::Tick;
use super::finished::Finished;
use super::ledger::Count;
use super::local::Session;
use super::open::{OpenSpan, Outcome};
use crate::context::{Context, SpanId};
use crate::fork;
use crate::pipeline::{Pipeline, registry};

thread_local! {
    static THREAD: RefCell<Thread> = const { RefCell::new(Thread::new()) };
}

/// One entry of the stack; none where it ended before those above it.
type Frame = Option<Box<Entry>>;

/// What can be current on a thread.
#[derive(Debug)]
pub(crate) enum Entry {
    /// A span that is being recorded.
    Open(OpenSpan),
    /// A context without a span of this thread: carried here, or of a trace that is not recorded.
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

/// The state of one thread.
#[derive(Debug)]
pub(super) struct Thread {
    frames: Vec<Frame>,
    /// How many of the frames are open spans.
    open: usize,
    sessions: Vec<Session>,
    /// The panic in flight has marked its innermost span; those that it unwinds through after that are not failed.
    panic_marked: bool,
    /// Nothing that starts on this thread is recorded: it is a worker's.
    suppressed: bool,
}

/// Runs `work` on this thread's state, unless the thread is ending or the state is in use.
pub(super) fn with<R>(work: impl FnOnce(&mut Thread) -> R) -> Option<R> {
    with_given((), |thread, ()| work(thread)).ok()
}

/// Like [`with`], for work that needs a value: the value comes back if the work cannot be done.
fn with_given<T, R>(given: T, work: impl FnOnce(&mut Thread, T) -> R) -> Result<R, Option<T>> {
    let mut given = Some(given);
    let done = THREAD.try_with(|thread| {
        let mut thread = thread.try_borrow_mut().ok()?;
        given.take().map(|given| work(&mut thread, given))
    });
    done.ok().flatten().ok_or(given)
}

impl Thread {
    const fn new() -> Self {
        Self {
            frames: Vec::new(),
            open: 0,
            sessions: Vec::new(),
            panic_marked: false,
            suppressed: false,
        }
    }

    /// The context that a new span would be a child of.
    pub(super) fn context(&self) -> Context {
        let top = self.frames.iter().rev().flatten().next();
        top.map_or_else(Context::default, |entry| match &**entry {
            Entry::Open(span) => span.context(),
            Entry::Attached(context) => context.clone(),
        })
    }

    /// The place of the newest entry, ended or not.
    pub(super) fn top(&self) -> Option<usize> {
        self.frames.len().checked_sub(1)
    }

    /// The current span, where the current entry is one.
    pub(super) fn current_span(&mut self) -> Option<&mut OpenSpan> {
        match &mut **self.frames.iter_mut().rev().flatten().next()? {
            Entry::Open(span) => Some(span),
            Entry::Attached(_) => None,
        }
    }

    pub(super) fn is_suppressed(&self) -> bool {
        self.suppressed
    }

    /// True under a span of this process whose trace is not recorded: nothing below it is.
    pub(super) fn is_silenced(&self) -> bool {
        let top = self.frames.iter().rev().flatten().next();
        top.is_some_and(|entry| match &**entry {
            Entry::Open(_) => false,
            Entry::Attached(context) => {
                context.is_a_span() && !context.sampled && !context.on_trial && !context.remote
            }
        })
    }

    /// The pipeline of the nearest frame that has one: a capture isolates what runs inside it.
    pub(super) fn surrounding_pipeline(&self) -> Option<u32> {
        let pipelines = self
            .frames
            .iter()
            .rev()
            .flatten()
            .map(|entry| match &**entry {
                Entry::Open(span) => span.pipeline,
                Entry::Attached(context) => context.pipeline,
            });
        pipelines.into_iter().find(|pipeline| *pipeline != 0)
    }

    /// This thread's attachment to a pipeline, made on first use; `None` when the pipeline is gone.
    pub(super) fn session(&mut self, pipeline: u32) -> Option<&mut Session> {
        if let Some(at) = self
            .sessions
            .iter()
            .position(|session| session.pipeline.id == pipeline)
        {
            return Some(&mut self.sessions[at]);
        }
        self.sessions
            .retain(|session| !session.pipeline.is_closed());
        let pipeline: Arc<Pipeline> = (!fork::happened()).then(|| registry::find(pipeline))??;
        self.sessions.push(Session::attach(pipeline));
        self.sessions.last_mut()
    }

    /// Pushes an entry and returns its place.
    fn push(&mut self, entry: Box<Entry>) -> usize {
        self.note_start(std::thread::panicking());
        if let Some(span) = entry.open() {
            self.open += 1;
            let (pipeline, start) = (span.pipeline, span.start);
            if let Some(session) = self.session(pipeline)
                && session.local().oldest().is_none()
            {
                session.local().set_oldest(Some(start));
            }
        }
        self.frames.push(Some(entry));
        self.frames.len() - 1
    }

    /// Takes the entry at `place` out; those above it stay where they are until they end themselves.
    fn take(&mut self, place: usize) -> Frame {
        let frame = self.frames.get_mut(place)?.take();
        while matches!(self.frames.last(), Some(None)) {
            self.frames.pop();
        }
        if let Some(span) = frame.as_ref().and_then(|entry| entry.open()) {
            self.open -= 1;
            self.note_oldest(span.pipeline, span.start);
        }
        frame
    }

    /// Notes that the span of `pipeline` that began at `start` is no longer on the stack.
    fn note_oldest(&mut self, pipeline: u32, start: Tick) {
        let was_oldest = |session: &mut Session| session.local().oldest() == Some(start);
        if !self.session(pipeline).is_some_and(was_oldest) {
            return;
        }
        let left = self
            .frames
            .iter()
            .flatten()
            .filter_map(|entry| entry.open());
        let oldest = left
            .filter(|span| span.pipeline == pipeline)
            .map(|span| span.start)
            .min();
        if let Some(session) = self.session(pipeline) {
            session.local().set_oldest(oldest);
        }
    }

    pub(super) fn open_at(&mut self, place: usize) -> Option<&mut OpenSpan> {
        match self.frames.get_mut(place)?.as_deref_mut()? {
            Entry::Open(span) => Some(span),
            Entry::Attached(_) => None,
        }
    }

    /// A panic that began inside the span fails it, the innermost span only.
    fn mark_panic(&mut self, span: &mut OpenSpan) {
        if span.outcome == Outcome::Cancelled {
            // A future that is dropped while its owner unwinds has not panicked itself.
            return;
        }
        if !std::thread::panicking() {
            self.panic_marked = false;
        } else if !span.started_panicking && !self.panic_marked {
            span.outcome = Outcome::Failed("panic");
            self.panic_marked = true;
        }
    }

    /// Notes a start or a poll: one that does not happen during a panic shows that the last one is over.
    fn note_start(&mut self, panicking: bool) {
        self.panic_marked &= panicking;
    }

    /// Ends a span that is no longer on the stack.
    fn finish(&mut self, mut span: OpenSpan) {
        self.mark_panic(&mut span);
        let idle = self.open == 0;
        let Some(session) = self.session(span.pipeline) else {
            return;
        };
        session.ledger().count(Count::Closed, 1);
        if span.kept {
            session.local().count_kept(span.start, -1);
        }
        if let Some(reason) = session.pipeline.refusal() {
            session.ledger().count(reason, 1);
        } else {
            session.finish(Finished::end(span), idle);
        }
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        for entry in std::mem::take(&mut self.frames).into_iter().flatten() {
            if let Some(span) = entry.open()
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
    let entry = Box::new(Entry::Attached(context.clone()));
    Attached {
        place: push(entry).ok(),
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

/// Makes `entry` current and returns its place; it comes back if that is not possible.
pub(crate) fn push(entry: Box<Entry>) -> Result<usize, Option<Box<Entry>>> {
    with_given(entry, Thread::push)
}

/// Takes the entry at `place` off the stack, after a poll.
pub(crate) fn pop(place: usize) -> Option<Box<Entry>> {
    with(|thread| thread.take(place)).flatten()
}

/// Ends the entry at `place`.
pub(crate) fn exit(place: usize) {
    with(|thread| {
        if let Some(entry) = thread.take(place)
            && let Entry::Open(span) = *entry
        {
            thread.finish(span);
        }
    });
}

/// Notes that a future keeps the span from now on.
pub(crate) fn keep(entry: &mut Entry) {
    if let Entry::Open(span) = entry
        && !span.kept
    {
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
    if let Err(Some(span)) = ended
        && let Some(pipeline) = registry::find(span.pipeline)
    {
        let kept = span.kept.then_some(span.start);
        pipeline.finish_without_thread(Finished::end(span), kept);
    }
}

impl Thread {
    /// The open span with this identifier, looked for from the top.
    pub(super) fn find(&mut self, id: SpanId) -> Option<&mut OpenSpan> {
        self.frames
            .iter_mut()
            .rev()
            .flatten()
            .find_map(|entry| match &mut **entry {
                Entry::Open(span) if span.span_id == id => Some(span),
                _ => None,
            })
    }

    pub(super) fn count(&mut self, pipeline: u32, what: Count, by: u64) {
        if by > 0
            && let Some(session) = self.session(pipeline)
        {
            session.ledger().count(what, by);
        }
    }
}

/// Switches recording off for whatever runs on this thread, until it ends.
pub(crate) fn suppress() {
    with(|thread| thread.suppressed = true);
}

/// Records for the time of `work` although this thread is a worker's: to measure what recording costs.
pub(crate) fn unsuppressed<R>(work: impl FnOnce() -> R) -> R {
    let before = with(|thread| std::mem::replace(&mut thread.suppressed, false));
    let result = work();
    with(|thread| thread.suppressed = before.unwrap_or(false));
    result
}

/// Hands over what this thread has finished.
pub(crate) fn hand_over() {
    with(|thread| thread.sessions.iter_mut().for_each(Session::hand_over_all));
}
