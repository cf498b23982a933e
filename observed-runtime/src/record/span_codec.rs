//! A finished span as cells, and back: nine cells that every span has, its values, and what few spans have.

mod extra;

use std::sync::atomic::{AtomicU64, Ordering};

use super::clock::Tick;
use super::event::Events;
use super::finished::{Finished, Keeping};
use super::intern::{Names, Numbers};
use super::link::Links;
use super::open::{OpenSpan, Outcome};
use super::value_codec::Reader;
use crate::identity::SpanId;
use crate::identity::threshold::Threshold;
use crate::identity::trace_state::TraceState;
pub(crate) use extra::cells as extra_cells;

/// The cells that every span has: length and site, flags and error code, trace (two), span, parent, start, end, threshold.
pub(crate) const HEADER: usize = 9;

const FAILED: u64 = 1;
const CANCELLED: u64 = 1 << 1;
const PARENT_IS_REMOTE: u64 = 1 << 2;
const ON_TRIAL: u64 = 1 << 3;
const HAS_EXTRA: u64 = 1 << 4;
const RANDOM: u64 = 1 << 5;

/// Writes one record; `into` has room for it: header, values and extra cells.
#[inline]
pub(crate) fn write(
    span: &OpenSpan,
    values: &[u64],
    extra: &[u64],
    end: Tick,
    numbers: &mut Numbers,
    into: &[AtomicU64],
) {
    let (outcome, code) = match span.outcome {
        Outcome::Returned => (0, 0),
        Outcome::Cancelled => (CANCELLED, 0),
        // The table is full only where a program makes static texts without end.
        Outcome::Failed(code) => (FAILED, numbers.text(code).unwrap_or(u32::MAX)),
    };
    let flag = |is_set: bool, flag: u64| if is_set { flag } else { 0 };
    let flags = outcome
        | flag(span.parent_is_remote, PARENT_IS_REMOTE)
        | flag(span.random, RANDOM)
        | flag(span.on_trial, ON_TRIAL)
        | flag(!extra.is_empty(), HAS_EXTRA);
    let site = u64::from(numbers.site(span.site));
    let header: [u64; HEADER] = [
        into.len() as u64 | site << 32,
        flags | u64::from(span.count) << 8 | u64::from(code) << 32,
        (span.trace_id.0 >> 64) as u64,
        span.trace_id.0 as u64,
        span.span_id.0,
        span.parent.0,
        span.start.raw(),
        end.raw(),
        Threshold::to_cell(span.threshold),
    ];
    let Some((first, rest)) = into.split_first_chunk::<HEADER>() else {
        return;
    };
    for (slot, cell) in first.iter().zip(header) {
        slot.store(cell, Ordering::Relaxed);
    }
    for (slot, cell) in rest.iter().zip(values) {
        slot.store(*cell, Ordering::Relaxed);
    }
    if let Some(rest) = rest.get(values.len()..)
        && !extra.is_empty()
    {
        for (slot, cell) in rest.iter().zip(extra) {
            slot.store(*cell, Ordering::Relaxed);
        }
    }
}

/// How many records the cells are.
pub(crate) fn count(cells: &[AtomicU64]) -> u64 {
    let (mut rest, mut count) = (cells, 0);
    while let Some((_, after)) = split_first(rest) {
        count += 1;
        rest = after;
    }
    count
}

/// The first record, and what is behind it.
fn split_first(cells: &[AtomicU64]) -> Option<(&[AtomicU64], &[AtomicU64])> {
    let size = cells.first()?.load(Ordering::Relaxed) as u32 as usize;
    cells.split_at_checked(size.max(1))
}

/// Reads all records into `spans`.
pub(crate) fn read(cells: &[AtomicU64], names: &mut Names, spans: &mut Vec<Finished>) {
    let mut rest = cells;
    while let Some((record, after)) = split_first(rest) {
        let cells = record.iter().map(|cell| cell.load(Ordering::Relaxed));
        spans.extend(read_one(Reader::new(cells, names)));
        rest = after;
    }
}

fn read_one<I: Iterator<Item = u64>>(mut reader: Reader<'_, I>) -> Option<Finished> {
    let first = reader.cell()?;
    let site = reader.names.site((first >> 32) as u32)?;
    let flags = reader.cell()?;
    let outcome = if flags & FAILED != 0 {
        let code = reader.names.text((flags >> 32) as u32);
        Outcome::Failed(code.unwrap_or("_OTHER"))
    } else if flags & CANCELLED != 0 {
        Outcome::Cancelled
    } else {
        Outcome::Returned
    };
    let mut span = Finished {
        site,
        name: site.name,
        trace_id: extra::trace_id(&mut reader)?,
        span_id: SpanId(reader.cell()?),
        parent: SpanId(reader.cell()?),
        parent_is_remote: flags & PARENT_IS_REMOTE != 0,
        random: flags & RANDOM != 0,
        trace_state: TraceState::default(),
        start: Tick::from_raw(reader.cell()?),
        end: Tick::from_raw(reader.cell()?),
        values: Vec::new(),
        links: Links::default(),
        events: Events::default(),
        outcome,
        attributes_dropped: 0,
        keeping: if flags & ON_TRIAL != 0 {
            Keeping::OnTrial
        } else {
            Keeping::Sampled
        },
    };
    span.trace_state = TraceState::Sampled(Threshold::from_cell(reader.cell()?));
    span.values = reader.values((flags >> 8) as u16 as usize)?;
    if flags & HAS_EXTRA != 0 {
        extra::read(&mut reader, &mut span)?;
    }
    Some(span)
}
