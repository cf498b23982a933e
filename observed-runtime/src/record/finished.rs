//! A span that has ended, as the worker reads it from its thread's chunk.

use super::clock::Tick;
use super::event::Events;
use super::link::Links;
use super::open::Outcome;
use super::site::Site;
use crate::identity::trace_state::TraceState;
use crate::identity::{SpanId, TraceId};
use crate::value::Value;

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
            name: site.name(),
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
}
