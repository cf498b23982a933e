//! What few spans have: a caller's `tracestate`, events and links.

use super::attributes::{Attributes, Scratch};
use super::pieces::Pieces;
use super::texts::Texts;
use super::wire::{close, eight_bytes, field, open, varint, varying, with_length};
use crate::export::firewall::Firewall;
use crate::identity::trace_state;
use crate::pipeline::ledger::Count;
use crate::record::clock::Converter;
use crate::record::intern::Names;
use crate::record::span_codec::{RawEvent, RawExtra, RawLink};
use crate::record::value_codec::RawText;

/// What spans are encoded with.
pub(super) struct With<'a> {
    pub(super) firewall: &'a Firewall<'a>,
    pub(super) names: &'a mut Names,
    pub(super) clock: &'a Converter,
    pub(super) texts: &'a mut Texts,
    pub(super) scratch: &'a mut Scratch,
}

/// Writes a list that somebody has sent as the field of `tag`, unless it looks like what must not leave. What says only how
/// the trace was sampled is not looked at.
pub(super) fn list(
    out: &mut Vec<u8>,
    tag: u8,
    text: RawText<'_>,
    span: &'static str,
    with: &mut With<'_>,
) -> Option<()> {
    let bytes = &mut with.scratch.text;
    bytes.clear();
    text.append_to(bytes);
    let list = str::from_utf8(bytes).ok()?;
    let leaves = list.is_empty()
        || trace_state::plain(list).is_some()
        || !with.firewall.hits(span, "tracestate", list);
    if leaves && !list.is_empty() {
        field(out, tag, list.as_bytes());
    }
    Some(())
}

/// Writes the events that may leave and the number of those that do not; says how many were written.
pub(super) fn events(
    out: &mut Vec<u8>,
    extra: &RawExtra<'_>,
    pieces: &Pieces,
    span: &'static str,
    with: &mut With<'_>,
) -> Option<Events> {
    let begin = out.len();
    let limit = with.firewall.privacy.limits.events;
    let mut leave = std::mem::take(&mut with.scratch.leave);
    leave.clear();
    for event in extra.events() {
        let name = pieces.get(event.site)?.site.name();
        leave.push(!with.firewall.static_hits(span, "event name", name));
    }
    let leaving = leave.iter().filter(|leaves| **leaves).count();
    let dropped = dropped(extra.events_dropped, leaving, limit);
    with.firewall
        .ledger
        .count(Count::EventDropped, u64::from(dropped));
    let events = extra.events().zip(&leave).filter(|(_, leaves)| **leaves);
    for (event, _) in events.take(limit) {
        self::event(out, event, pieces, span, with)?;
    }
    with.scratch.leave = leave;
    number(out, varying(12), dropped);
    Some(Events {
        begin,
        end: out.len(),
        written: leaving.min(limit) as u32,
        dropped,
    })
}

/// Those that were not recorded, and those beyond the limit.
fn dropped(before: u32, recorded: usize, limit: usize) -> u32 {
    before.saturating_add(recorded.saturating_sub(limit) as u32)
}

/// Where the events of a span stand, and how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Events {
    pub(super) begin: usize,
    pub(super) end: usize,
    pub(super) written: u32,
    pub(super) dropped: u32,
}

fn event(
    out: &mut Vec<u8>,
    mut event: RawEvent<'_>,
    pieces: &Pieces,
    span: &'static str,
    with: &mut With<'_>,
) -> Option<()> {
    let piece = pieces.get(event.site)?;
    let content = open(out, with_length(11), true);
    out.push(eight_bytes(1));
    out.extend_from_slice(&with.clock.nanoseconds(event.at).to_le_bytes());
    out.extend_from_slice(&piece.event_name);
    let mut attributes = Attributes {
        out,
        tag: with_length(3),
        span,
        firewall: with.firewall,
        names: with.names,
        texts: with.texts,
        scratch: with.scratch,
        most: with.firewall.privacy.limits.event_attributes,
        written: 0,
    };
    event
        .cells
        .values(event.values, |place, raw| match piece.keys.get(place) {
            Some(key) => attributes.put(place, key, raw),
            None => Some(()),
        })?;
    let dropped = attributes.end(&piece.keys);
    number(out, varying(4), dropped as u32);
    close(out, content);
    Some(())
}

/// Writes the links that may leave, and the number of those that do not.
pub(super) fn links(
    out: &mut Vec<u8>,
    extra: &RawExtra<'_>,
    span: &'static str,
    with: &mut With<'_>,
) -> Option<()> {
    let limit = with.firewall.privacy.limits.links;
    let dropped = dropped(extra.links_dropped, extra.links().count(), limit);
    with.firewall
        .ledger
        .count(Count::LinkDropped, u64::from(dropped));
    for link in extra.links().take(limit) {
        let begin = out.len();
        self::link(out, &link, span, with)?;
        // One that names no span is looked at like the others, and says nothing.
        if link.trace == [0, 0] || link.span == 0 {
            out.truncate(begin);
        }
    }
    number(out, varying(14), dropped);
    Some(())
}

fn link(
    out: &mut Vec<u8>,
    link: &RawLink<'_>,
    span: &'static str,
    with: &mut With<'_>,
) -> Option<()> {
    let content = open(out, with_length(13), true);
    out.extend_from_slice(&[with_length(1), 16]);
    out.extend_from_slice(&link.trace[0].to_be_bytes());
    out.extend_from_slice(&link.trace[1].to_be_bytes());
    out.extend_from_slice(&[with_length(2), 8]);
    out.extend_from_slice(&link.span.to_be_bytes());
    list(out, with_length(3), link.trace_state, span, with)?;
    out.push(6 << 3 | 5);
    let flags = flags(link.is_sampled(), link.is_random(), link.is_remote());
    out.extend_from_slice(&flags.to_le_bytes());
    close(out, content);
    Some(())
}

/// The flags of W3C Trace Context, and whether the other span is of another process.
#[inline]
pub(super) fn flags(is_sampled: bool, is_random: bool, is_remote: bool) -> u32 {
    const KNOWS_REMOTE: u32 = 1 << 8;
    u32::from(is_sampled) | u32::from(is_random) << 1 | KNOWS_REMOTE | u32::from(is_remote) << 9
}

/// A number, unless it is zero.
#[inline]
pub(super) fn number(out: &mut Vec<u8>, tag: u8, number: u32) {
    if number > 0 {
        out.push(tag);
        varint(out, u64::from(number));
    }
}
