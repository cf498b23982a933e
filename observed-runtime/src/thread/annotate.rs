//! What an open span is given while its function runs: attributes, links, late attributes, events, an outcome.

use super::frame::Frame;
use super::state::with;
use crate::identity::{Context, SpanId};
use crate::pipeline::ledger::Count;
use crate::pipeline::registry;
use crate::record::clock;
use crate::record::event::Event;
use crate::record::link::Links;
use crate::record::open::Outcome;
use crate::record::routes;
use crate::record::site::Site;
use crate::value::{Inner, Value};

/// Where a span is: its pipeline and its identifier.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Address {
    pipeline: u32,
    span: SpanId,
}

/// The address of the span at `index`.
pub(crate) fn address(index: usize) -> Option<Address> {
    with(|thread| {
        let span = thread.stack_mut().open_at(index)?;
        Some(Address {
            pipeline: span.pipeline,
            span: span.span_id,
        })
    })
    .flatten()
}

/// The context that was current when the span at `index` became so.
pub(crate) fn context_around(index: usize) -> Context {
    with(|thread| {
        let below = index.checked_sub(1);
        let frame = below.and_then(|below| thread.stack().frames().get(below));
        frame.and_then(Frame::context)
    })
    .flatten()
    .unwrap_or_default()
}

/// Counts what an expression that panicked did not say, where a span may be recorded.
pub(crate) fn count_lost() {
    count_here(Count::AttributeLost, 1);
}

/// Counts a request whose template is not in its name.
pub(crate) fn count_unnamed() {
    count_here(Count::RouteUnnamed, 1);
}

/// Counts members of a caller's `tracestate` that are not carried on.
#[cfg(feature = "http")]
pub(crate) fn count_dropped_state(members: u64) {
    if members > 0 {
        count_here(Count::StateMember, members);
    }
}

/// Counts for the pipeline that would record here.
fn count_here(what: Count, by: u64) {
    with(|thread| {
        let surrounding = thread.stack().pipeline();
        let pipeline = surrounding.unwrap_or_else(registry::global_id);
        thread.count(pipeline, what, by);
    });
}

/// Records the links of the span at `index`; `None` when their expression panicked, which is counted.
pub(crate) fn set_links(index: usize, links: Option<Vec<Context>>) {
    with(|thread| {
        let Some(span) = thread.stack_mut().open_at(index) else {
            return;
        };
        let pipeline = span.pipeline;
        let lost = u64::from(links.is_none());
        span.extra().links = Links::of(links.unwrap_or_default());
        thread.count(pipeline, Count::AttributeLost, lost);
    });
}

/// Sets a late attribute of the span at `address`, if it is on this thread's stack; else it is lost.
pub(crate) fn set_late(address: Address, key: usize, value: Value) {
    with(|thread| {
        let recorded = thread
            .stack_mut()
            .find(address.span)
            .is_some_and(|span| span.set_late(key, value));
        thread.count(address.pipeline, Count::AttributeLost, u64::from(!recorded));
    });
}

/// True when the current entry is a recorded span, which an event can be added to.
pub(crate) fn takes_events() -> bool {
    with(|thread| thread.stack_mut().current_span().is_some()).unwrap_or(false)
}

/// Adds an event to the current span.
pub(crate) fn add_event(site: &'static Site, values: Vec<Value>) {
    with(|thread| {
        let at = clock::now();
        let lost = values
            .iter()
            .filter(|value| value.0 == Inner::Refused)
            .count() as u64;
        if let Some(span) = thread.stack_mut().current_span() {
            span.extra().events.add(Event::new(site, at, values));
            let pipeline = span.pipeline;
            thread.count(pipeline, Count::AttributeLost, lost);
        }
    });
}

/// Notes the outcome of the span at `index`, which goes on.
pub(crate) fn set_outcome(index: usize, outcome: Outcome) {
    with(|thread| {
        if let Some(span) = thread.stack_mut().open_at(index) {
            span.set_outcome(outcome);
        }
    });
}

/// The index of the current entry, if it is a span of `site` (a static, so its address is its identity) that has just begun.
pub(crate) fn fresh_top(site: &'static Site) -> Option<usize> {
    with(|thread| {
        let index = thread.stack().top()?;
        let span = thread.stack_mut().open_at(index)?;
        let is_of_site = std::ptr::eq(span.site, site) || routes::is_made_of(span.site, site);
        let fresh = is_of_site && !span.begun;
        span.begun = true;
        fresh.then_some(index)
    })
    .flatten()
}
