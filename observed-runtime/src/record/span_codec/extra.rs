//! What few spans have, as cells, and where they lie: a caller's `tracestate`, late attributes, links and events.

use crate::identity::TraceId;
use crate::record::clock::Tick;
use crate::record::intern::Numbers;
use crate::record::open::Extra;
use crate::record::value_codec::{self, Cursor, Raw, RawText, put_text};
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
    value_codec::put_values(values, numbers, cells);
}

/// It, where it lies in its cells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawExtra<'a> {
    /// A caller's list; empty where there is none.
    pub(crate) trace_state: RawText<'a>,
    pub(crate) late: Late<'a>,
    pub(crate) links_dropped: u32,
    links: (u64, Cursor<'a>),
    pub(crate) events_dropped: u32,
    events: (u64, Cursor<'a>),
}

/// Late attributes: places among the site's keys, and values.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Late<'a>(u64, Cursor<'a>);

/// A link.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawLink<'a> {
    pub(crate) trace: [u64; 2],
    pub(crate) span: u64,
    flags: u64,
    pub(crate) trace_state: RawText<'a>,
}

/// An event; its values are the first ones in its cells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawEvent<'a> {
    pub(crate) site: u32,
    pub(crate) at: Tick,
    pub(crate) values: usize,
    pub(crate) cells: Cursor<'a>,
}

impl<'a> RawExtra<'a> {
    /// Walks over all of it; none where it is malformed.
    pub(crate) fn read(cells: &mut Cursor<'a>) -> Option<Self> {
        let trace_state = cells.text()?;
        let late = Late(cells.cell()?, *cells);
        for _ in 0..late.0 {
            late_value(cells)?;
        }
        let links_dropped = cells.cell()? as u32;
        let links = (cells.cell()?, *cells);
        for _ in 0..links.0 {
            link(cells)?;
        }
        let events_dropped = cells.cell()? as u32;
        let events = (cells.cell()?, *cells);
        for _ in 0..events.0 {
            event(cells)?;
        }
        Some(Self {
            trace_state,
            late,
            links_dropped,
            links,
            events_dropped,
            events,
        })
    }

    pub(crate) fn links(&self) -> impl Iterator<Item = RawLink<'a>> {
        let (count, mut cells) = self.links;
        (0..count).map_while(move |_| link(&mut cells))
    }

    /// How many cells there are from the first event on.
    pub(super) fn cells_of_events(&self) -> usize {
        self.events.1.left()
    }

    /// Each event's site, and the cells that the event takes.
    pub(super) fn events_in_cells(&self) -> impl Iterator<Item = (u32, &'a [u64])> {
        let (count, mut cells) = self.events;
        (0..count).map_while(move |_| {
            let mut before = cells;
            let site = event(&mut cells)?.site;
            Some((site, before.cells(before.left() - cells.left())?))
        })
    }

    pub(crate) fn events(&self) -> impl Iterator<Item = RawEvent<'a>> {
        let (count, mut cells) = self.events;
        (0..count).map_while(move |_| event(&mut cells))
    }
}

impl<'a> Late<'a> {
    pub(crate) fn iter(self) -> impl Iterator<Item = (usize, Raw<'a>)> {
        let Late(count, mut cells) = self;
        (0..count).map_while(move |_| late_value(&mut cells))
    }

    /// The value that was set for a place, if any was.
    #[inline]
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for exporters"))]
    pub(crate) fn at(self, place: usize) -> Option<Raw<'a>> {
        if self.0 == 0 {
            return None;
        }
        let set = self.iter().filter(|(set, _)| *set == place);
        set.last().map(|(_, raw)| raw)
    }
}

impl RawLink<'_> {
    pub(crate) fn trace_id(&self) -> TraceId {
        let [high, low] = self.trace.map(u128::from);
        TraceId(high << 64 | low)
    }

    pub(crate) fn is_sampled(&self) -> bool {
        self.flags & 1 != 0
    }

    pub(crate) fn is_remote(&self) -> bool {
        self.flags & 2 != 0
    }

    pub(crate) fn is_random(&self) -> bool {
        self.flags & 4 != 0
    }
}

fn late_value<'a>(cells: &mut Cursor<'a>) -> Option<(usize, Raw<'a>)> {
    let place = usize::try_from(cells.cell()?).ok()?;
    let count = usize::try_from(cells.cell()?).ok()?;
    let mut last = None;
    cells.values(count, |_, raw| {
        last = Some(raw);
        Some(())
    })?;
    Some((place, last?))
}

fn link<'a>(cells: &mut Cursor<'a>) -> Option<RawLink<'a>> {
    Some(RawLink {
        trace: [cells.cell()?, cells.cell()?],
        span: cells.cell()?,
        flags: cells.cell()?,
        trace_state: cells.text()?,
    })
}

fn event<'a>(cells: &mut Cursor<'a>) -> Option<RawEvent<'a>> {
    let (site, at) = (cells.cell()? as u32, Tick::from_raw(cells.cell()?));
    let values = usize::try_from(cells.cell()?).ok()?;
    let of_event = *cells;
    cells.values(values, |_, _| Some(()))?;
    Some(RawEvent {
        site,
        at,
        values,
        cells: of_event,
    })
}
