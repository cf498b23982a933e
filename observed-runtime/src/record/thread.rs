//! A thread's stack of open spans and attached contexts.
//!
//! No user code runs while the stack is borrowed: values are made before, and dropped spans hold none of the
//! user's types.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::sync::Arc;

use super::finished::Finished;
use super::ledger::Count;
use super::local::Session;
use super::open::{OpenSpan, Outcome};
use crate::context::Context;
use crate::pipeline::{Pipeline, registry};
use crate::span::Site;
use crate::value::Value;

thread_local! {
    static THREAD: RefCell<Thread> = const { RefCell::new(Thread::new()) };
}

/// One entry of the stack.
#[derive(Debug)]
pub(super) enum Frame {
    /// A span that is being recorded.
    Open(Box<OpenSpan>),
    /// A context without a span of this thread: carried here, or of a trace that is not recorded.
    Attached(Box<Context>),
    /// An entry that ended before those above it; removed when they are.
    Ended,
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
        }
    }

    /// The context that a new span would be a child of.
    pub(super) fn context(&self) -> Context {
        self.frames
            .iter()
            .rev()
            .find_map(|frame| match frame {
                Frame::Open(span) => Some(span.context()),
                Frame::Attached(context) => Some((**context).clone()),
                Frame::Ended => None,
            })
            .unwrap_or_default()
    }

    /// The pipeline of the nearest frame that has one: a capture isolates what runs inside it.
    pub(super) fn surrounding_pipeline(&self) -> Option<u32> {
        self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Open(span) => Some(span.pipeline),
            Frame::Attached(context) => Some(context.pipeline).filter(|id| *id != 0),
            Frame::Ended => None,
        })
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
        let pipeline: Arc<Pipeline> = registry::find(pipeline)?;
        self.sessions.push(Session::attach(pipeline));
        self.sessions.last_mut()
    }

    /// Pushes a frame and returns its place.
    pub(super) fn push(&mut self, frame: Frame) -> usize {
        self.open += usize::from(matches!(frame, Frame::Open(_)));
        self.frames.push(frame);
        self.frames.len() - 1
    }

    /// Takes the frame at `place` out; frames above it stay where they are until they end themselves.
    fn take(&mut self, place: usize) -> Frame {
        let Some(slot) = self.frames.get_mut(place) else {
            return Frame::Ended;
        };
        let frame = std::mem::replace(slot, Frame::Ended);
        self.open -= usize::from(matches!(frame, Frame::Open(_)));
        while matches!(self.frames.last(), Some(Frame::Ended)) {
            self.frames.pop();
        }
        frame
    }

    pub(super) fn open_at(&mut self, place: usize) -> Option<&mut OpenSpan> {
        match self.frames.get_mut(place) {
            Some(Frame::Open(span)) => Some(span),
            _ => None,
        }
    }

    /// A panic that began inside the span fails it, the innermost span only.
    fn mark_panic(&mut self, span: &mut OpenSpan) {
        let panicking = std::thread::panicking();
        if panicking && !span.started_panicking && !self.panic_marked {
            span.outcome = Outcome::Failed("panic");
        }
        self.panic_marked = panicking;
    }

    /// Ends a span that is no longer on the stack.
    fn finish(&mut self, span: OpenSpan) {
        let idle = self.open == 0;
        let Some(session) = self.session(span.pipeline) else {
            return;
        };
        session.ledger().count(Count::Closed, 1);
        if let Some(reason) = session.pipeline.refusal() {
            session.ledger().count(reason, 1);
        } else {
            session.finish(Finished::end(span), idle);
        }
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        for frame in std::mem::take(&mut self.frames) {
            if let Frame::Open(span) = frame
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
    let frame = Frame::Attached(Box::new(context.clone()));
    Attached {
        place: with(|thread| thread.push(frame)),
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

/// Ends the frame at `place`, with `outcome` unless an earlier one was said; a panic in flight overrides.
pub(crate) fn exit(place: usize, outcome: Outcome) {
    with(|thread| {
        if let Frame::Open(mut span) = thread.take(place) {
            span.set_outcome(outcome);
            thread.mark_panic(&mut span);
            thread.finish(*span);
        }
    });
}

/// Moves a span onto this thread's stack for the time of a poll; the span comes back if that is not possible.
pub(crate) fn push_open(span: Box<OpenSpan>) -> Result<usize, Option<Box<OpenSpan>>> {
    with_given(span, |thread, span| thread.push(Frame::Open(span)))
}

/// Takes a span back off the stack after a poll.
pub(crate) fn pop_open(place: usize) -> Option<Box<OpenSpan>> {
    match with(|thread| thread.take(place)) {
        Some(Frame::Open(span)) => Some(span),
        _ => None,
    }
}

/// Ends a span that is not on any stack: a future that completed or was dropped.
pub(crate) fn finish(mut span: Box<OpenSpan>, outcome: Outcome) {
    span.set_outcome(outcome);
    let ended = with_given(span, |thread, mut span| {
        thread.mark_panic(&mut span);
        thread.finish(*span);
    });
    if let Err(Some(span)) = ended
        && let Some(pipeline) = registry::find(span.pipeline)
    {
        pipeline.finish_without_thread(Finished::end(*span));
    }
}

/// Records the attributes of the span at `place`.
pub(crate) fn set_values(place: usize, values: Vec<Value>) {
    with(|thread| {
        let Some(span) = thread.open_at(place) else {
            return;
        };
        let (lost, pipeline) = (span.set_values(values), span.pipeline);
        if lost > 0
            && let Some(session) = thread.session(pipeline)
        {
            session.ledger().count(Count::AttributeLost, lost);
        }
    });
}

/// Notes the outcome of the span at `place`, which goes on.
pub(crate) fn set_outcome(place: usize, outcome: Outcome) {
    with(|thread| {
        if let Some(span) = thread.open_at(place) {
            span.set_outcome(outcome);
        }
    });
}

/// The place of the top frame, if it is a span of `site` (a static, so its address is its identity) whose attributes have not been recorded yet.
pub(crate) fn fresh_top(site: &'static Site) -> Option<usize> {
    with(|thread| {
        let place = thread.frames.len().checked_sub(1)?;
        let span = thread.open_at(place)?;
        (std::ptr::eq(span.site, site) && span.values.is_empty()).then_some(place)
    })
    .flatten()
}

/// Hands over what this thread has finished.
pub(crate) fn hand_over() {
    with(|thread| thread.sessions.iter_mut().for_each(Session::hand_over_all));
}
