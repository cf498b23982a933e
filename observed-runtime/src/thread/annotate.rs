//! What an open span is given while its function runs: attributes, links, late attributes, events, an outcome.

use super::frame::Frame;
use super::state::with;
use crate::identity::{Context, SpanId};
use crate::pipeline::ledger::Count;
use crate::pipeline::registry;
use crate::record::clock;
use crate::record::event::Event;
use crate::record::link::Links;
use crate::record::open::{OpenSpan, Outcome};
use crate::record::routes;
use crate::record::site::Site;
use crate::value::{Inner, Value};

/// Where a span is: its pipeline and its identifier.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Address {
    pipeline: u32,
    span: SpanId,
}

impl Address {
    /// The address of the span that a context of this process names.
    pub(crate) fn of(context: &Context) -> Self {
        Self {
            pipeline: context.pipeline,
            span: context.span_id,
        }
    }
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

/// Fails the span at `address`, if it is on this thread's stack; else the code is lost.
pub(crate) fn fail_late(address: Address, code: &'static str) {
    with(|thread| {
        let found = thread.stack_mut().find(address.span);
        let lost = u64::from(found.is_none());
        if let Some(span) = found {
            span.set_outcome(Outcome::Failed(code));
        }
        thread.count(address.pipeline, Count::AttributeLost, lost);
    });
}

/// True when the current entry is a recorded span, which an event can be added to.
pub(crate) fn takes_events() -> bool {
    with(|thread| thread.stack_mut().current_span().is_some()).unwrap_or(false)
}

/// Adds an event to the current span.
pub(crate) fn add_event(site: &'static Site, values: Vec<Value>) {
    with(|thread| {
        let event = Event::new(site, clock::now(), values);
        if let Some(span) = thread.stack_mut().current_span() {
            let pipeline = span.pipeline;
            let lost = add_to(span, event);
            thread.count(pipeline, Count::AttributeLost, lost);
        }
    });
}

/// True where the span at `address` is on this thread's stack.
pub(crate) fn is_here(address: Address) -> bool {
    with(|thread| thread.stack_mut().find(address.span).is_some()).unwrap_or(false)
}

/// Adds an event to the span at `address`, if it is on this thread's stack; else it is lost.
pub(crate) fn add_event_at(address: Address, site: &'static Site, values: Vec<Value>) {
    with(|thread| {
        let event = Event::new(site, clock::now(), values);
        let found = thread.stack_mut().find(address.span);
        let (what, by) = found.map_or((Count::EventDropped, 1), |span| {
            (Count::AttributeLost, add_to(span, event))
        });
        thread.count(address.pipeline, what, by);
    });
}

/// Counts an event of the span at `address` that is lost.
pub(crate) fn count_lost_event(address: Address) {
    with(|thread| thread.count(address.pipeline, Count::EventDropped, 1));
}

/// Adds an event to a span; returns how many of its values are lost.
pub(super) fn add_to(span: &mut OpenSpan, event: Event) -> u64 {
    let is_lost = |value: &&Value| value.0 == Inner::Refused;
    let lost = event.values.iter().filter(is_lost).count() as u64;
    span.extra().events.add(event);
    lost
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
