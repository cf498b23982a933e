//! A record into a span that owns what it holds.

use super::extra::RawExtra;
use super::head::Head;
use crate::identity::threshold::Threshold;
use crate::identity::trace_state::TraceState;
use crate::identity::{Context, SpanId};
use crate::record::event::{Event, Events};
use crate::record::finished::Finished;
use crate::record::intern::Names;
use crate::record::link::Links;
use crate::record::open::Outcome;
use crate::record::value_codec::{value, values};
use crate::value::Value;

/// What stands for the code of an error that has no number.
pub(crate) const UNNUMBERED: &str = "_OTHER";

/// The span of a record; none of a malformed one.
pub(crate) fn finished(record: &[u64], names: &mut Names) -> Option<Finished> {
    let (head, mut cells) = Head::read(record)?;
    let site = names.site(head.site)?;
    let outcome = if let Some(code) = head.failed() {
        Outcome::Failed(names.text(code).unwrap_or(UNNUMBERED))
    } else if head.is_cancelled() {
        Outcome::Cancelled
    } else {
        Outcome::Returned
    };
    let mut span = Finished {
        site,
        name: site.name(),
        trace_id: head.trace_id(),
        span_id: SpanId(head.span),
        parent: SpanId(head.parent),
        parent_is_remote: head.parent_is_remote(),
        random: head.is_random(),
        trace_state: TraceState::Sampled(Threshold::from_cell(head.threshold)),
        start: head.start,
        end: head.end,
        values: values(&mut cells, head.values(), names)?,
        links: Links::default(),
        events: Events::default(),
        outcome,
        attributes_dropped: 0,
        keeping: head.keeping(),
    };
    if head.has_extra() {
        add(&mut span, &RawExtra::read(&mut cells)?, names)?;
    }
    Some(span)
}

fn add(span: &mut Finished, extra: &RawExtra<'_>, names: &mut Names) -> Option<()> {
    let list = extra.trace_state.to_owned()?;
    if !list.is_empty() {
        span.trace_state = TraceState::of(&list);
    }
    for (place, raw) in extra.late.iter() {
        if span.values.len() <= place {
            span.values.resize(place + 1, Value::ABSENT);
        }
        span.values[place] = value(raw, names)?;
    }
    span.links.dropped = extra.links_dropped;
    for link in extra.links() {
        span.links.recorded.push(Context {
            trace_id: link.trace_id(),
            span_id: SpanId(link.span),
            sampled: link.is_sampled(),
            remote: link.is_remote(),
            random: link.is_random(),
            trace_state: TraceState::of(&link.trace_state.to_owned()?),
            ..Context::default()
        });
    }
    span.events.dropped = extra.events_dropped;
    for mut event in extra.events() {
        let values = values(&mut event.cells, event.values, names)?;
        let event = Event::new(names.site(event.site)?, event.at, values);
        span.events.recorded.push(event);
    }
    Some(())
}
