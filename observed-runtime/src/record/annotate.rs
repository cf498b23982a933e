//! What an open span is given while its function runs: attributes, links, late attributes, events, an outcome.

use super::clock;
use super::event::Event;
use super::ledger::Count;
use super::open::Outcome;
use super::thread::with;
use crate::context::{Context, MAX_LINKS, SpanId};
use crate::pipeline::registry;
use crate::span::Site;
use crate::value::{Inner, Value};

/// Where a span is: its pipeline and its identifier.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Address {
    pipeline: u32,
    span: SpanId,
}

/// The address of the span at `place`.
pub(crate) fn address(place: usize) -> Option<Address> {
    with(|thread| {
        let span = thread.open_at(place)?;
        Some(Address {
            pipeline: span.pipeline,
            span: span.span_id,
        })
    })
    .flatten()
}

/// Counts what an expression that panicked did not say, where a span may be recorded.
pub(crate) fn count_lost() {
    with(|thread| {
        let pipeline = thread
            .surrounding_pipeline()
            .unwrap_or_else(registry::global_id);
        thread.count(pipeline, Count::AttributeLost, 1);
    });
}

/// Records the links of the span at `place`; `None` when their expression panicked. More than a span may have are lost.
pub(crate) fn set_links(place: usize, links: Option<Vec<Context>>) {
    with(|thread| {
        let Some(span) = thread.open_at(place) else {
            return;
        };
        let pipeline = span.pipeline;
        let mut lost = u64::from(links.is_none());
        let mut links = links.unwrap_or_default();
        lost += links.len().saturating_sub(MAX_LINKS) as u64;
        links.truncate(MAX_LINKS);
        span.extra().links = links;
        thread.count(pipeline, Count::AttributeLost, lost);
    });
}

/// Sets a late attribute of the span at `address`, if it is on this thread's stack; else it is lost.
pub(crate) fn set_late(address: Address, index: usize, value: Value) {
    with(|thread| {
        let kept = thread
            .find(address.span)
            .is_some_and(|span| span.set_late(index, value));
        thread.count(address.pipeline, Count::AttributeLost, u64::from(!kept));
    });
}

/// True when the current entry is a recorded span, which an event can be added to.
pub(crate) fn takes_events() -> bool {
    with(|thread| thread.current_span().is_some()).unwrap_or(false)
}

/// Adds an event to the current span.
pub(crate) fn add_event(site: &'static Site, values: Vec<Value>) {
    with(|thread| {
        let at = clock::now();
        let lost = values
            .iter()
            .filter(|value| value.0 == Inner::Refused)
            .count() as u64;
        if let Some(span) = thread.current_span() {
            span.extra().events.add(Event { site, at, values });
            let pipeline = span.pipeline;
            thread.count(pipeline, Count::AttributeLost, lost);
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

/// The place of the top frame, if it is a span of `site` (a static, so its address is its identity) that has just begun.
pub(crate) fn fresh_top(site: &'static Site) -> Option<usize> {
    with(|thread| {
        let place = thread.top()?;
        let span = thread.open_at(place)?;
        let fresh = std::ptr::eq(span.site, site) && !span.begun;
        span.begun = true;
        fresh.then_some(place)
    })
    .flatten()
}
