//! Events: moments in an open span.

use super::clock::Tick;
use crate::span::Site;
use crate::value::Value;

/// The events of one span (`OTEL_SPAN_EVENT_COUNT_LIMIT` of the OpenTelemetry specification).
const MAX_EVENTS: usize = 128;

/// One event.
#[derive(Debug)]
#[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "read by exporters"))]
pub(crate) struct Event {
    pub(crate) site: &'static Site,
    pub(crate) at: Tick,
    pub(crate) values: Vec<Value>,
}

/// The events of one span, as many as fit, and how many did not.
#[derive(Debug, Default)]
pub(crate) struct Events {
    pub(crate) kept: Vec<Event>,
    pub(crate) dropped: u32,
}

impl Events {
    pub(super) fn add(&mut self, event: Event) {
        if self.kept.len() < MAX_EVENTS {
            self.kept.push(event);
        } else {
            self.dropped = self.dropped.saturating_add(1);
        }
    }
}
