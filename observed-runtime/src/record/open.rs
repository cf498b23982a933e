//! The record of one span, from its start to its export.

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

/// One span that is being recorded; it becomes a [`super::finished::Finished`] when it ends.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, in any combination"
)]
pub(crate) struct OpenSpan {
    pub(super) site: &'static Site,
    pub(super) pipeline: u32,
    pub(super) on_trial: bool,
    pub(super) trace_id: TraceId,
    pub(super) span_id: SpanId,
    pub(super) parent: SpanId,
    pub(super) parent_is_remote: bool,
    pub(super) trace_state: Option<Arc<str>>,
    pub(super) start: Tick,
    pub(crate) started_panicking: bool,
    /// In the order of the site's keys; shorter while late ones are not set.
    pub(super) values: Vec<Value>,
    /// The body of the function has taken over: attributes are recorded once.
    pub(super) begun: bool,
    /// A future keeps it, and it is counted by its age.
    pub(super) kept: bool,
    pub(super) links: Vec<Context>,
    pub(super) events: Events,
    pub(super) outcome: Outcome,
}

impl OpenSpan {
    pub(crate) fn child_of(
        parent: &Context,
        pipeline: u32,
        site: &'static Site,
        on_trial: bool,
    ) -> Self {
        Self {
            site,
            pipeline,
            on_trial,
            trace_id: if parent.trace_id.is_valid() {
                parent.trace_id
            } else {
                TraceId::random()
            },
            span_id: SpanId::random(),
            parent: parent.span_id,
            parent_is_remote: parent.remote,
            trace_state: parent.trace_state.clone(),
            start: clock::now(),
            started_panicking: std::thread::panicking(),
            values: Vec::new(),
            begun: false,
            kept: false,
            links: Vec::new(),
            events: Events::default(),
            outcome: Outcome::Returned,
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
            trace_state: self.trace_state.clone(),
        }
    }

    /// Records the values of the site's attributes; returns how many were lost.
    pub(super) fn set_values(&mut self, values: Vec<Value>) -> u64 {
        let lost = values
            .iter()
            .filter(|value| value.0 == Inner::Refused)
            .count();
        self.values = values;
        lost as u64
    }

    /// Sets the value of a late attribute; returns whether it could be recorded.
    pub(super) fn set_late(&mut self, index: usize, value: Value) -> bool {
        let kept = value.0 != Inner::Refused;
        if self.values.len() < self.site.keys.len() {
            self.values.resize(self.site.keys.len(), Value::ABSENT);
        }
        if let Some(slot) = self.values.get_mut(index) {
            *slot = value;
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
