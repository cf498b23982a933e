//! The record of one span while it is open.

use std::sync::Arc;

use super::clock::{self, Tick};
use super::event::Events;
use super::link::Links;
use super::site::Site;
use crate::identity::threshold::Threshold;
use crate::identity::trace_state::TraceState;
use crate::identity::{Context, SpanId, TraceId};
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

/// One span that is being recorded; it becomes cells when it ends, and a [`super::finished::Finished`] when they are read.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, in any combination"
)]
pub(crate) struct OpenSpan {
    pub(crate) site: &'static Site,
    pub(crate) trace_id: TraceId,
    pub(crate) span_id: SpanId,
    pub(crate) parent: SpanId,
    pub(crate) start: Tick,
    pub(crate) pipeline: u32,
    /// How many values were recorded.
    pub(crate) count: u16,
    pub(crate) parent_is_remote: bool,
    /// The trace id is random.
    pub(crate) random: bool,
    /// By which the trace was sampled, where no list says so.
    pub(crate) threshold: Option<Threshold>,
    pub(crate) on_trial: bool,
    pub(crate) started_panicking: bool,
    /// The body of the function has taken over: attributes are recorded once.
    pub(crate) begun: bool,
    /// A future holds it, and it is counted by its age.
    pub(crate) aged: bool,
    /// How many cells its values are, on top of the thread's stack of cells.
    pub(crate) cells: u32,
    pub(crate) outcome: Outcome,
    pub(crate) extra: Option<Box<Extra>>,
}

/// What is known of a span when it has been decided that it is recorded.
#[derive(Debug)]
pub(crate) struct Beginning<'a> {
    /// Its trace id is valid.
    pub(crate) parent: &'a Context,
    pub(crate) pipeline: u32,
    pub(crate) on_trial: bool,
    pub(crate) start: Tick,
}

/// What few spans have.
#[derive(Debug, Default)]
pub(crate) struct Extra {
    /// A list that a caller has sent.
    pub(crate) trace_state: Option<Arc<str>>,
    pub(crate) links: Links,
    pub(crate) events: Events,
    /// Its values, where they could not be put on the stack of cells.
    pub(crate) values: Vec<u64>,
    /// Late attributes by their index.
    pub(crate) late: Vec<(usize, Value)>,
}

impl OpenSpan {
    /// No span: what an entry of the stack holds before its first one.
    #[inline]
    pub(crate) fn none() -> Self {
        static NONE: Site = Site::nowhere("", &[]);
        Self {
            site: &NONE,
            trace_id: TraceId::default(),
            span_id: SpanId::default(),
            parent: SpanId::default(),
            start: Tick::from_raw(0),
            pipeline: 0,
            count: 0,
            parent_is_remote: false,
            random: false,
            threshold: None,
            on_trial: false,
            started_panicking: false,
            begun: false,
            aged: false,
            cells: 0,
            outcome: Outcome::Returned,
            extra: None,
        }
    }

    /// Begins a span under a context, in the place of one that has ended.
    pub(crate) fn begin(&mut self, beginning: &Beginning<'_>, site: &'static Site) {
        let parent = beginning.parent;
        self.begin_at(site, beginning.start);
        self.trace_id = parent.trace_id;
        self.parent = parent.span_id;
        self.parent_is_remote = parent.remote;
        self.random = parent.random;
        self.pipeline = beginning.pipeline;
        self.on_trial = beginning.on_trial;
        (self.threshold, self.extra) = match &parent.trace_state {
            TraceState::Sampled(threshold) => (*threshold, None),
            TraceState::List(list) => (None, Some(Box::new(with_state(list)))),
        };
    }

    /// Begins a span under one of this process, in the place of one that has ended.
    #[inline]
    pub(crate) fn begin_under(&mut self, parent: &OpenSpan, site: &'static Site) {
        self.begin_at(site, clock::now());
        self.trace_id = parent.trace_id;
        self.parent = parent.span_id;
        self.parent_is_remote = false;
        self.random = parent.random;
        self.threshold = parent.threshold;
        self.pipeline = parent.pipeline;
        self.on_trial = parent.on_trial;
        if parent.extra.is_some() || self.extra.is_some() {
            self.take_state(parent);
        }
    }

    #[inline]
    fn begin_at(&mut self, site: &'static Site, start: Tick) {
        self.site = site;
        self.start = start;
        self.span_id = SpanId::random_at(start.raw());
        self.count = 0;
        self.started_panicking = std::thread::panicking();
        self.begun = false;
        self.aged = false;
        self.cells = 0;
        self.outcome = Outcome::Returned;
    }

    #[cold]
    fn take_state(&mut self, parent: &OpenSpan) {
        let state = |extra: &Extra| extra.trace_state.as_ref().map(with_state);
        self.extra = parent.extra.as_deref().and_then(state).map(Box::new);
    }

    /// Where this span stands, for its children.
    pub(crate) fn context(&self) -> Context {
        let list = self
            .extra
            .as_ref()
            .and_then(|extra| extra.trace_state.clone());
        Context {
            trace_id: self.trace_id,
            span_id: self.span_id,
            sampled: !self.on_trial,
            random: self.random,
            remote: false,
            on_trial: self.on_trial,
            pipeline: self.pipeline,
            trace_state: list.map_or(TraceState::Sampled(self.threshold), TraceState::List),
        }
    }

    pub(crate) fn extra(&mut self) -> &mut Extra {
        self.extra.get_or_insert_default()
    }

    /// Sets the value of a late attribute; returns whether it could be recorded.
    pub(crate) fn set_late(&mut self, index: usize, value: Value) -> bool {
        let is_recorded = value.0 != Inner::Refused && index < self.site.keys().len();
        let late = &mut self.extra().late;
        match late.iter_mut().find(|(set, _)| *set == index) {
            Some((_, before)) => *before = value,
            None => late.push((index, value)),
        }
        is_recorded
    }

    /// A panic that began inside the span fails it, the innermost span only; `noted` says that it has been found.
    #[inline]
    pub(crate) fn note_panic(&mut self, noted: &mut bool) {
        if self.outcome == Outcome::Cancelled {
            // A future that is dropped while its owner unwinds has not panicked itself.
            return;
        }
        if !std::thread::panicking() {
            *noted = false;
        } else if !self.started_panicking && !*noted {
            self.outcome = Outcome::Failed("panic");
            *noted = true;
        }
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
