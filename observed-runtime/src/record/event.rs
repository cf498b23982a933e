//! Events: moments in an open span.

use super::clock::Tick;
use super::limits;
use super::site::Site;

use crate::value::Value;

/// One event.
#[derive(Debug)]
#[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "read by exporters"))]
pub(crate) struct Event {
    pub(crate) site: &'static Site,
    pub(crate) at: Tick,
    pub(crate) values: Vec<Value>,
    /// Attributes beyond the limit of an event's.
    pub(crate) attributes_dropped: u32,
}

impl Event {
    pub(crate) fn new(site: &'static Site, at: Tick, values: Vec<Value>) -> Self {
        Self {
            site,
            at,
            values,
            attributes_dropped: 0,
        }
    }
}

/// The events of one span, as many as fit, and how many did not.
#[derive(Debug, Default)]
pub(crate) struct Events {
    pub(crate) recorded: Vec<Event>,
    pub(crate) dropped: u32,
}

impl Events {
    pub(crate) fn add(&mut self, event: Event) {
        if self.recorded.len() < limits::events() {
            self.recorded.push(event);
        } else {
            self.dropped = self.dropped.saturating_add(1);
        }
    }
}
