//! The record of one span while it is open.

use std::sync::Arc;

use super::clock::{self, Tick};
use super::event::Events;
use crate::context::{Context, SpanId, TraceId};
use crate::span::Site;
use crate::value::{Inner, Value};

/// How a span ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It returned; the status stays unset.
    Returned,
    /// It failed; the text is the error's type or a static code, never its message (R12).
    Failed(&'static str),
    /// Its future was dropped before completion.
    Cancelled,
}

/// One span that is being recorded; it becomes words when it ends, and a [`super::finished::Finished`] when they are read.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, in any combination"
)]
pub(crate) struct OpenSpan {
    pub(super) site: &'static Site,
    pub(super) trace_id: TraceId,
    pub(super) span_id: SpanId,
    pub(super) parent: SpanId,
    pub(super) start: Tick,
    pub(super) pipeline: u32,
    /// How many values were recorded.
    pub(super) count: u16,
    pub(super) parent_is_remote: bool,
    pub(super) on_trial: bool,
    pub(crate) started_panicking: bool,
    /// The body of the function has taken over: attributes are recorded once.
    pub(super) begun: bool,
    /// A future keeps it, and it is counted by its age.
    pub(super) kept: bool,
    pub(super) outcome: Outcome,
    pub(super) values: Values,
    pub(super) extra: Option<Box<Extra>>,
}

/// Where the encoded values are.
#[derive(Debug)]
pub(super) enum Values {
    /// On the thread's stack of words, from its frame's place on: so many.
    OnStack(usize),
    /// Here: the span moves between threads, or is not the newest of its own.
    Own(Vec<u64>),
}

/// What few spans have.
#[derive(Debug, Default)]
pub(super) struct Extra {
    pub(super) trace_state: Option<Arc<str>>,
    pub(super) links: Vec<Context>,
    pub(super) events: Events,
    /// Late attributes by their index.
    pub(super) late: Vec<(usize, Value)>,
}

impl OpenSpan {
    /// A span under `parent`, whose trace id is valid.
    pub(crate) fn child_of(
        parent: &Context,
        pipeline: u32,
        site: &'static Site,
        on_trial: bool,
    ) -> Self {
        let extra = parent.trace_state.as_ref().map(with_state).map(Box::new);
        Self {
            site,
            trace_id: parent.trace_id,
            span_id: SpanId::random(),
            parent: parent.span_id,
            start: clock::now(),
            pipeline,
            count: 0,
            parent_is_remote: parent.remote,
            on_trial,
            started_panicking: std::thread::panicking(),
            begun: false,
            kept: false,
            outcome: Outcome::Returned,
            values: Values::OnStack(0),
            extra,
        }
    }

    /// A span under one of this process.
    #[inline]
    pub(super) fn under(parent: &OpenSpan, site: &'static Site) -> Self {
        let state = |extra: &Extra| extra.trace_state.as_ref().map(with_state);
        Self {
            site,
            trace_id: parent.trace_id,
            span_id: SpanId::random(),
            parent: parent.span_id,
            start: clock::now(),
            pipeline: parent.pipeline,
            count: 0,
            parent_is_remote: false,
            on_trial: parent.on_trial,
            started_panicking: std::thread::panicking(),
            begun: false,
            kept: false,
            outcome: Outcome::Returned,
            values: Values::OnStack(0),
            extra: parent.extra.as_deref().and_then(state).map(Box::new),
        }
    }

    /// Where this span stands, for its children.
    pub(crate) fn context(&self) -> Context {
        Context {
            trace_id: self.trace_id,
            span_id: self.span_id,
            sampled: !self.on_trial,
            remote: false,
            on_trial: self.on_trial,
            pipeline: self.pipeline,
            trace_state: self
                .extra
                .as_ref()
                .and_then(|extra| extra.trace_state.clone()),
        }
    }

    pub(super) fn extra(&mut self) -> &mut Extra {
        self.extra.get_or_insert_default()
    }

    /// Sets the value of a late attribute; returns whether it could be recorded.
    pub(super) fn set_late(&mut self, index: usize, value: Value) -> bool {
        let kept = value.0 != Inner::Refused && index < self.site.keys.len();
        let late = &mut self.extra().late;
        match late.iter_mut().find(|(set, _)| *set == index) {
            Some((_, before)) => *before = value,
            None => late.push((index, value)),
        }
        kept
    }

    /// An outcome said earlier stays: the first one is the cause.
    pub(crate) fn set_outcome(&mut self, outcome: Outcome) {
        if self.outcome == Outcome::Returned {
            self.outcome = outcome;
        }
    }
}

fn with_state(state: &Arc<str>) -> Extra {
    Extra {
        trace_state: Some(Arc::clone(state)),
        ..Extra::default()
    }
}
