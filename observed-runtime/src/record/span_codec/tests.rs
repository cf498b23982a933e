use std::sync::atomic::AtomicU64;

use super::*;
use crate::record::value_codec::put_values;
use crate::value::Value;

/// The cells that a span ends as.
pub(crate) fn record_of(mut span: OpenSpan, values: &[Value], end: Tick) -> Vec<u64> {
    let (mut numbers, mut cells) = (Numbers::default(), Vec::new());
    put_values(values, &mut numbers, &mut cells);
    span.count = values.len() as u16;
    let extra = span.extra.as_deref();
    let extra = extra.map_or_else(Vec::new, |extra| extra_cells(extra, &mut numbers));
    let size = HEADER + cells.len() + extra.len();
    let room: Vec<AtomicU64> = (0..size).map(|_| AtomicU64::new(0)).collect();
    write(&span, &cells, &extra, end, &mut numbers, &room);
    room.into_iter().map(AtomicU64::into_inner).collect()
}
