//! A span that has ended, on its way from the thread's buffer to the exporter.

use std::sync::Arc;
use std::time::Duration;

use super::clock::{self, Tick};
use super::event::Events;
use super::open::{OpenSpan, Outcome};
use crate::context::{Context, SpanId, TraceId};
use crate::span::Site;
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
    pub(crate) trace_state: Option<Arc<str>>,
    pub(crate) start: Tick,
    pub(crate) end: Tick,
    pub(crate) values: Vec<Value>,
    pub(crate) links: Vec<Context>,
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
    /// How long it was open.
    pub(crate) fn lasted(&self) -> Duration {
        self.start.until(self.end)
    }

    /// Ends `open` now.
    pub(crate) fn end(open: OpenSpan) -> Self {
        Self {
            site: open.site,
            name: open.site.name,
            trace_id: open.trace_id,
            span_id: open.span_id,
            parent: open.parent,
            parent_is_remote: open.parent_is_remote,
            trace_state: open.trace_state,
            start: open.start,
            end: clock::now(),
            values: open.values,
            links: open.links,
            events: open.events,
            outcome: open.outcome,
            attributes_dropped: 0,
            keeping: if open.on_trial {
                Keeping::OnTrial
            } else {
                Keeping::Sampled
            },
        }
    }
}
