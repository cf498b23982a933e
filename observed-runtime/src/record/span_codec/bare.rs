//! A record without what its annotation, or those of its events, let out.

use super::HEADER;
use super::extra::RawExtra;
use super::head::{Head, of_the_trace};
use crate::record::intern::Numbers;
use crate::record::site::Site;
use crate::record::value_codec::put_text;

/// What stands in place of a span's annotation.
static NOBODY: Site = Site::nowhere("unreviewed", &[]);

/// The number of what stands in place of an annotation.
pub(crate) fn nobody() -> u32 {
    Numbers::default().site(&NOBODY)
}

/// The span as a link of its tree: its ids and its parent's, its times, the trace's `tracestate`, and whether the trace is
/// kept. None where there is not even a head.
pub(crate) fn bare(record: &[u64], nobody: u32) -> Option<Vec<u64>> {
    let mut bare = record.first_chunk::<HEADER>()?.to_vec();
    let extra = extra(record).filter(|extra| extra.trace_state.bytes > 0);
    if let Some(list) = extra.and_then(|extra| extra.trace_state.to_owned()) {
        put_text(&list, &mut bare);
        // Late attributes, links, events: none, and none that did not fit.
        bare.extend([0; 5]);
    }
    let size = bare.len();
    let [first, flags] = bare.first_chunk_mut()?;
    *first = size as u64 | u64::from(nobody) << 32;
    *flags = of_the_trace(*flags, size > HEADER);
    Some(bare)
}

/// The sites of a record's events, by number.
pub(crate) fn events(record: &[u64]) -> impl Iterator<Item = u32> {
    let extra = extra(record);
    extra.into_iter().flat_map(|extra| {
        let sites = extra.events_in_cells().map(|(site, _)| site);
        sites.collect::<Vec<_>>()
    })
}

/// The record with only those events whose sites `leave`; none where it cannot be read.
pub(crate) fn with_events(record: &[u64], leave: impl Fn(u32) -> bool) -> Option<Vec<u64>> {
    let extra = extra(record)?;
    // The last cell before the events is their number.
    let before = record.len().checked_sub(extra.cells_of_events())?;
    let mut cut = record.get(..before)?.to_vec();
    let mut left = 0;
    for (_, cells) in extra.events_in_cells().filter(|(site, _)| leave(*site)) {
        cut.extend_from_slice(cells);
        left += 1;
    }
    *cut.get_mut(before.checked_sub(1)?)? = left;
    let size = cut.len() as u64;
    let first = cut.first_mut()?;
    *first = *first & !u64::from(u32::MAX) | size;
    Some(cut)
}

/// What few spans have.
fn extra(record: &[u64]) -> Option<RawExtra<'_>> {
    let (head, mut cells) = Head::read(record).filter(|(head, _)| head.has_extra())?;
    cells.values(head.values(), |_, _| Some(()))?;
    RawExtra::read(&mut cells)
}
