//! What few spans have, as cells, and back: a caller's `tracestate`, late attributes, links and events.

use crate::identity::trace_state::TraceState;
use crate::identity::{Context, SpanId, TraceId};
use crate::record::clock::Tick;
use crate::record::event::Event;
use crate::record::finished::Finished;
use crate::record::intern::Numbers;
use crate::record::open::Extra;
use crate::record::site::Site;
use crate::record::value_codec::{Encoder, Reader, put_text};
use crate::value::Value;

/// Gives it as cells.
#[cold]
pub(crate) fn cells(extra: &Extra, numbers: &mut Numbers) -> Vec<u64> {
    let mut cells = Vec::new();
    // Empty stands for none: a list is never empty.
    put_text(extra.trace_state.as_deref().unwrap_or_default(), &mut cells);
    cells.push(extra.late.len() as u64);
    for (index, value) in &extra.late {
        cells.push(*index as u64);
        put_values(std::slice::from_ref(value), numbers, &mut cells);
    }
    cells.push(u64::from(extra.links.dropped));
    cells.push(extra.links.recorded.len() as u64);
    for link in &extra.links.recorded {
        cells.push((link.trace_id.0 >> 64) as u64);
        cells.push(link.trace_id.0 as u64);
        cells.push(link.span_id.0);
        let flags = [link.sampled, link.remote, link.random].map(u64::from);
        cells.push(flags[0] | flags[1] << 1 | flags[2] << 2);
        put_text(&link.trace_state.header().unwrap_or_default(), &mut cells);
    }
    cells.push(u64::from(extra.events.dropped));
    cells.push(extra.events.recorded.len() as u64);
    for event in &extra.events.recorded {
        cells.push(u64::from(numbers.site(event.site)));
        cells.push(event.at.raw());
        put_values(&event.values, numbers, &mut cells);
    }
    cells
}

fn put_values(values: &[Value], numbers: &mut Numbers, cells: &mut Vec<u64>) {
    cells.push(values.len() as u64);
    let mut encoder = Encoder::new(cells, numbers);
    for value in values {
        encoder.add(value);
    }
}

/// Reads it into a span that has the rest.
pub(super) fn read<I: Iterator<Item = u64>>(
    reader: &mut Reader<'_, I>,
    span: &mut Finished,
) -> Option<()> {
    let list = reader.text()?;
    if !list.is_empty() {
        span.trace_state = TraceState::of(&list);
    }
    for _ in 0..reader.cell()? {
        let index = reader.cell()? as usize;
        let value = values(reader)?.pop()?;
        if span.values.len() <= index {
            span.values.resize(index + 1, Value::ABSENT);
        }
        span.values[index] = value;
    }
    span.links.dropped = reader.cell()? as u32;
    for _ in 0..reader.cell()? {
        let (trace_id, span_id) = (trace_id(reader)?, SpanId(reader.cell()?));
        let flags = reader.cell()?;
        span.links.recorded.push(Context {
            trace_id,
            span_id,
            sampled: flags & 1 != 0,
            remote: flags & 2 != 0,
            random: flags & 4 != 0,
            trace_state: TraceState::of(&reader.text()?),
            ..Context::default()
        });
    }
    span.events.dropped = reader.cell()? as u32;
    for _ in 0..reader.cell()? {
        let number = reader.cell()? as u32;
        let site: &'static Site = reader.names.site(number)?;
        let at = Tick::from_raw(reader.cell()?);
        let event = Event::new(site, at, values(reader)?);
        span.events.recorded.push(event);
    }
    Some(())
}

pub(super) fn trace_id<I: Iterator<Item = u64>>(reader: &mut Reader<'_, I>) -> Option<TraceId> {
    let high = u128::from(reader.cell()?);
    Some(TraceId(high << 64 | u128::from(reader.cell()?)))
}

fn values<I: Iterator<Item = u64>>(reader: &mut Reader<'_, I>) -> Option<Vec<Value>> {
    let count = reader.cell()? as usize;
    reader.values(count)
}
