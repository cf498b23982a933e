//! A span that has ended, as the worker reads it from its thread's chunk.

use std::time::Duration;

use super::clock::Tick;
use super::event::Events;
use super::link::Links;
use super::open::Outcome;
use super::site::Site;
use crate::identity::trace_state::TraceState;
use crate::identity::{Context, SpanId, TraceId};
use crate::value::{Inner, Value};

/// The complete record of one span.
#[derive(Debug)]
#[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "read by exporters"))]
pub(crate) struct Finished {
    pub(crate) site: &'static Site,
    /// The site's name, unless the firewall took it away.
    pub(crate) name: &'static str,
    pub(crate) trace_id: TraceId,
    pub(crate) span_id: SpanId,
    pub(crate) parent: SpanId,
    pub(crate) parent_is_remote: bool,
    /// The trace id is random.
    pub(crate) random: bool,
    pub(crate) trace_state: TraceState,
    pub(crate) start: Tick,
    pub(crate) end: Tick,
    pub(crate) values: Vec<Value>,
    pub(crate) links: Links,
    pub(crate) events: Events,
    pub(crate) outcome: Outcome,
    pub(crate) keeping: Keeping,
    /// Attributes beyond the limit of a span's.
    pub(crate) attributes_dropped: u32,
}

/// Whether the span was sampled, or is kept for another reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// The sampler said yes.
    Sampled,
    /// Recorded on trial; its trace is not decided yet.
    OnTrial,
    /// Recorded on trial, and exported because its trace failed or was slow: other services did not record it.
    Partial,
}

impl Finished {
    /// A span that has just begun and ended, for tests.
    #[cfg(test)]
    pub(crate) fn of(site: &'static Site, trace_id: TraceId) -> Self {
        let now = super::clock::now();
        Self {
            site,
            name: site.name,
            trace_id,
            span_id: SpanId::random(),
            parent: SpanId::default(),
            parent_is_remote: false,
            random: true,
            trace_state: TraceState::default(),
            start: now,
            end: super::clock::now(),
            values: Vec::new(),
            links: Links::default(),
            events: Events::default(),
            outcome: Outcome::Returned,
            keeping: Keeping::Sampled,
            attributes_dropped: 0,
        }
    }

    /// The memory that it takes, about: its own and its texts'.
    pub(crate) fn bytes(&self) -> usize {
        let events = self.events.recorded.iter().flat_map(|event| &event.values);
        let values = self.values.iter().chain(events);
        size_of::<Self>()
            + values
                .map(|value| size_of::<Value>() + behind(value))
                .sum::<usize>()
            + self.links.recorded.len() * size_of::<Context>()
    }

    /// How long it was open.
    pub(crate) fn lasted(&self) -> Duration {
        self.start.until(self.end)
    }
}

/// The memory that a value points to.
fn behind(value: &Value) -> usize {
    match &value.0 {
        Inner::Text(text) | Inner::CutText(text) => text.len(),
        Inner::Texts(texts) | Inner::CutTexts(texts) => texts.iter().map(|text| text.len()).sum(),
        Inner::Bools(items) => items.len(),
        Inner::I64s(items) => items.len() * 8,
        Inner::F64s(items) => items.len() * 8,
        _ => 0,
    }
}
