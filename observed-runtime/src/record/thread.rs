//! A thread's stack of open spans and attached contexts.
//!
//! No user code runs while the stack is borrowed: values are made before, and dropped spans hold none of the
//! user's types.

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::sync::Arc;

use super::desk::Desk;
use super::frame::{Current, Frame};
use super::intern::Numbers;
use super::kept::{Entry, Words};
use super::ledger::Count;
use super::local::Session;
use super::open::{OpenSpan, Outcome};
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
    frames: Vec<Frame>,
    /// How many of the frames are in use.
    depth: usize,
    pub(super) sessions: Vec<Session>,
    /// None until the first span, and while attributes are evaluated.
    pub(super) desk: Option<Box<Desk>>,
    /// The panic in flight has marked its innermost span; those that it unwinds through after that are not failed.
    panic_marked: bool,
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

/// Tells the OpenTelemetry API what has become current at `place`.
#[cfg(feature = "otel-context")]
pub(crate) fn announce(place: usize) {
    let context = with(|thread| {
        let frame = thread.frames().get(place)?;
        Some(match frame.open() {
            Some(span) => span.context(),
            None => frame.attached()?.clone(),
        })
    });
    if let Some(context) = context.flatten() {
        let announced = foreign::announce(&context);
        with(|thread| {
            if let Some(frame) = thread.frames_mut().get_mut(place) {
                frame.announced = announced;
            }
        });
    }
}

/// Takes back what was told of `place`; outside of all borrows, because it may drop what is somebody else's.
#[cfg(feature = "otel-context")]
pub(super) fn revoke(place: usize) {
    let announced = with(|thread| {
        let frame = thread.frames_mut().get_mut(place)?;
        Some(std::mem::take(&mut frame.announced))
    });
    drop(announced);
}

#[cfg(not(feature = "otel-context"))]
#[inline]
pub(crate) fn announce(_: usize) {}

#[cfg(not(feature = "otel-context"))]
#[inline]
pub(super) fn revoke(_: usize) {}

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

    /// Makes an entry current and returns its place.
    #[inline]
    pub(super) fn push(&mut self, current: Current) -> usize {
        // A start that does not happen during a panic shows that the last one is over.
        self.panic_marked &= std::thread::panicking();
        let place = self.push_frame(current);
        self.note_pushed();
        place
    }

    /// Makes what a future keeps current. Its age is counted elsewhere.
    #[inline]
    pub(super) fn push_kept(&mut self, entry: Box<Entry>) -> usize {
        self.panic_marked &= std::thread::panicking();
        let is_open = entry.open().is_some();
        let place = self.push_frame(Current::Kept(entry));
        if !is_open {
            self.note_pushed();
        }
        place
    }

    /// Makes a span current that `begin` writes; it is given the entry below.
    #[inline]
    pub(super) fn push_open(&mut self, begin: impl FnOnce(Option<&Frame>, &mut OpenSpan)) -> usize {
        self.panic_marked &= std::thread::panicking();
        let place = self.push_frame(Current::Open);
        if let Some((frame, below)) = self.frames_mut().split_last_mut() {
            begin(below.last(), &mut frame.span);
        }
        place
    }

    #[inline]
    fn push_frame(&mut self, current: Current) -> usize {
        let place = self.depth;
        if place == self.frames.len() {
            self.frames.push(Frame::empty());
        }
        if let Some(frame) = self.frames.get_mut(place) {
            frame.current = current;
            frame.words = self.desk.as_ref().map_or(0, |desk| desk.words.len());
        }
        self.depth = place + 1;
        place
    }

    /// Notes what a new entry changes: which span is the oldest, and whether what starts under it is recorded.
    pub(super) fn note_pushed(&self) {
        let Some(top) = self.current() else {
            return;
        };
        if let Some(span) = top.open()
            && let Some(at) = self.session_at(span.pipeline)
            && self.sessions[at].local().oldest().is_none()
        {
            self.sessions[at].local().set_oldest(Some(span.start));
        }
        SILENT.set(self.suppressed || top.is_silent());
    }

    /// Takes the entry at `place` out, as something that can be kept elsewhere; those above it stay where they are until
    /// they end themselves.
    #[inline]
    pub(super) fn take(&mut self, place: usize) -> Option<Box<Entry>> {
        let frame = self.frames.get_mut(..self.depth)?.get_mut(place)?;
        let entry = match std::mem::replace(&mut frame.current, Current::Gone) {
            Current::Gone => return None,
            Current::Kept(entry) => {
                self.drop_gone();
                return Some(entry);
            }
            Current::Attached(context) => Box::new(Entry::Attached(*context)),
            Current::Open => {
                let span = std::mem::replace(&mut frame.span, OpenSpan::none());
                let words = self.desk.as_ref().map_or(&[][..], |desk| &desk.words);
                let words = Words::of(values_of(words, frame.words, &span));
                Box::new(Entry::Open(span, words))
            }
        };
        self.drop_gone();
        if let Some(span) = entry.open() {
            self.note_oldest(span);
        }
        Some(entry)
    }

    /// Drops the ended entries at the top, and what they kept.
    #[inline]
    fn drop_gone(&mut self) {
        while let Some(frame) = self.frames().last()
            && frame.is_gone()
        {
            let words = frame.words;
            if let Some(desk) = &mut self.desk {
                desk.words.truncate(words);
            }
            self.depth -= 1;
        }
        let silent = self
            .current()
            .is_some_and(|top| top.open().is_none() && top.is_silent());
        SILENT.set(self.suppressed || silent);
    }

    /// Notes that a span is no longer on the stack.
    #[inline]
    fn note_oldest(&self, span: &OpenSpan) {
        if let Some(at) = self.session_at(span.pipeline)
            && self.sessions[at].local().oldest() == Some(span.start)
        {
            self.find_oldest(span.pipeline);
        }
    }

    #[cold]
    fn find_oldest(&self, pipeline: u32) {
        let Some(at) = self.session_at(pipeline) else {
            return;
        };
        let session = &self.sessions[at];
        let open = self.frames().iter().filter_map(Frame::open);
        let oldest = open
            .filter(|span| span.pipeline == session.id)
            .map(|span| span.start)
            .min();
        session.local().set_oldest(oldest);
    }

    pub(super) fn open_at(&mut self, place: usize) -> Option<&mut OpenSpan> {
        self.frames_mut().get_mut(place)?.open_mut()
    }

    /// Ends the entry at `place`.
    #[inline]
    fn exit(&mut self, place: usize) {
        if place + 1 == self.depth
            && let Some(frame) = self.frames.get_mut(place)
            && frame.is_open()
            && let Some(session) = find(&mut self.sessions, frame.span.pipeline)
        {
            mark_panic(&mut frame.span, &mut self.panic_marked);
            let desk = self.desk.get_or_insert_default();
            let values = values_of(&desk.words, frame.words, &frame.span);
            finish(session, &frame.span, values, &mut desk.numbers);
            desk.words.truncate(frame.words);
            frame.current = Current::Gone;
            if frame.span.extra.is_some() {
                frame.span.extra = None;
            }
            self.depth = place;
            let was_oldest = session.local().oldest() == Some(frame.span.start);
            let pipeline = frame.span.pipeline;
            if self.current().is_none_or(|top| !top.is_open()) {
                self.drop_gone();
            }
            if was_oldest {
                self.find_oldest(pipeline);
            }
            return;
        }
        self.exit_slowly(place);
    }

    #[cold]
    fn exit_slowly(&mut self, place: usize) {
        if let Some(entry) = self.take(place)
            && let Entry::Open(mut span, words) = *entry
        {
            self.finish(&mut span, &words);
        }
    }

    /// Ends a span that is no longer on the stack.
    pub(super) fn finish(&mut self, span: &mut OpenSpan, values: &Words) {
        mark_panic(span, &mut self.panic_marked);
        if self.session(span.pipeline).is_none() {
            return;
        }
        if let Some(session) = find(&mut self.sessions, span.pipeline) {
            let desk = self.desk.get_or_insert_default();
            finish(session, span, values.as_slice(), &mut desk.numbers);
        }
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
fn find(sessions: &mut [Session], pipeline: u32) -> Option<&mut Session> {
    sessions.iter_mut().find(|session| session.id == pipeline)
}

/// The values of a span whose frame begins at `from`.
#[inline]
fn values_of<'a>(words: &'a [u64], from: usize, span: &OpenSpan) -> &'a [u64] {
    words
        .get(from..from + span.words as usize)
        .unwrap_or_default()
}

/// Ends a span: into the chunk, or dropped where nothing is recorded any more.
#[inline]
fn finish(session: &mut Session, span: &OpenSpan, values: &[u64], numbers: &mut Numbers) {
    session.ledger().count(Count::Closed, 1);
    if span.aged {
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

/// The context of the current span of this thread.
pub(crate) fn current_context() -> Context {
    with(|thread| thread.context()).unwrap_or_default()
}

/// Makes `context` current until the result is dropped; nothing where the thread is ending.
pub(crate) fn attach(context: &Context) -> Attached {
    let place = with_given(context.clone(), |thread, context| {
        thread.push(Current::Attached(Box::new(context)))
    });
    let place = place.ok();
    place.inspect(|place| announce(*place));
    Attached {
        place,
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
            revoke(place);
            with(|thread| thread.take(place).map(drop));
        }
    }
}

/// Ends the entry at `place`.
#[inline]
pub(crate) fn exit(place: usize) {
    revoke(place);
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
