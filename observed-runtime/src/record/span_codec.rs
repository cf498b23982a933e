//! A finished span as cells, and back: nine cells that every span has, its values, and what few spans have.
//!
//! Cells are read twice: where they lie, by who encodes them, and into a [`Finished`](super::finished::Finished), which owns
//! what it holds.

mod bare;
mod extra;
mod head;
mod read;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicU64, Ordering};

use super::clock::Tick;
use super::intern::Numbers;
use super::open::{OpenSpan, Outcome};
use crate::identity::threshold::Threshold;
pub(crate) use bare::{bare, events, nobody, with_events};
#[cfg_attr(not(feature = "otlp"), allow(unused_imports, reason = "for exporters"))]
pub(crate) use extra::{Late, RawEvent, RawExtra, RawLink, cells as extra_cells};
use head::{CANCELLED, FAILED, HAS_EXTRA, ON_TRIAL, PARENT_IS_REMOTE, RANDOM};
pub(crate) use head::{HEADER, Head, keep};
#[cfg_attr(not(feature = "otlp"), allow(unused_imports, reason = "for exporters"))]
pub(crate) use read::UNNUMBERED;
pub(crate) use read::finished;
#[cfg(test)]
pub(crate) use tests::record_of;

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
