//! One span, from the cells of its record to the bytes of its message, in one walk.
//!
//! Fields stand in the order of their numbers, as other encoders have them.

use super::attributes::Attributes;
use super::extra::{self, Events, With};
use super::pieces::{Key, Piece, Pieces, named};
use super::wire::{Open, close, eight_bytes, field, field_len, open, varint, varying, with_length};
use crate::export::firewall::{NAMELESS, OTHER_ERROR};
use crate::identity::threshold::Threshold;
use crate::record::finished::Keeping;
use crate::record::span_codec::{Head, Late, RawExtra, UNNUMBERED};
use crate::record::value_codec::{Cursor, Raw};

/// Attributes that the runtime adds, with their tag and length: `observed.cancelled` and `observed.partial`, both true.
const CANCELLED: &[u8] = b"\x4a\x18\x0a\x12observed.cancelled\x12\x02\x10\x01";
const PARTIAL: &[u8] = b"\x4a\x16\x0a\x10observed.partial\x12\x02\x10\x01";
const ERROR_TYPE: &[u8] = b"\x0a\x0aerror.type";
/// Field 15: a status that is not set, and one that is an error.
const UNSET: &[u8] = &[with_length(15), 0];
const FAILED: &[u8] = &[with_length(15), 2, varying(3), 2];

/// A span that is being written.
pub(super) struct Span<'a> {
    pub(super) head: Head,
    pub(super) piece: &'a Piece,
    pub(super) pieces: &'a Pieces,
    pub(super) out: &'a mut Vec<u8>,
    pub(super) with: With<'a>,
}

impl Span<'_> {
    #[inline]
    pub(super) fn write(
        &mut self,
        values: Cursor<'_>,
        extra: Option<&RawExtra<'_>>,
        state: &mut State,
    ) -> Option<Events> {
        let firewall = self.with.firewall;
        let own = self.piece.site.name();
        let hits = firewall.static_hits(NAMELESS, "span name", own);
        // Findings do not repeat a name that must not be shown.
        let name = if hits { NAMELESS } else { own };
        let begun = self.ids();
        self.state(extra, state, name)?;
        self.parent();
        if hits {
            let named = named(NAMELESS, self.piece.site.kind());
            self.out.extend_from_slice(&named);
        } else {
            self.out.extend_from_slice(&self.piece.name);
        }
        self.times();
        let dropped = self.attributes(values, extra, name)?;
        self.outcome(name);
        extra::number(self.out, varying(10), dropped);
        let mut events = Events::default();
        if let Some(extra) = extra {
            let with = &mut self.with;
            events = extra::events(self.out, extra, self.pieces, name, with)?;
            events.begin -= begun.content;
            events.end -= begun.content;
            extra::links(self.out, extra, name, with)?;
        }
        self.end();
        let is_short = close(self.out, begun);
        self.piece.is_short.set(is_short);
        Some(events)
    }

    /// The span's own tag and length, trace and span.
    #[inline]
    fn ids(&mut self) -> Open {
        let begun = open(self.out, with_length(2), self.piece.is_short.get());
        let mut fixed = [0; 28];
        fixed[..2].copy_from_slice(&[with_length(1), 16]);
        fixed[2..10].copy_from_slice(&self.head.trace[0].to_be_bytes());
        fixed[10..18].copy_from_slice(&self.head.trace[1].to_be_bytes());
        fixed[18..20].copy_from_slice(&[with_length(2), 8]);
        fixed[20..].copy_from_slice(&self.head.span.to_be_bytes());
        self.out.extend_from_slice(&fixed);
        begun
    }

    /// A caller's list, or by which threshold the trace was sampled.
    #[inline]
    fn state(
        &mut self,
        extra: Option<&RawExtra<'_>>,
        state: &mut State,
        name: &'static str,
    ) -> Option<()> {
        if let Some(extra) = extra
            && extra.trace_state.bytes > 0
        {
            let list = extra.trace_state;
            return extra::list(self.out, with_length(3), list, name, &mut self.with);
        }
        if self.head.threshold != state.cell {
            state.set(self.head.threshold);
        }
        self.out.extend_from_slice(&state.field);
        Some(())
    }

    #[inline]
    fn parent(&mut self) {
        if self.head.parent != 0 {
            let mut fixed = [with_length(4), 8, 0, 0, 0, 0, 0, 0, 0, 0];
            fixed[2..].copy_from_slice(&self.head.parent.to_be_bytes());
            self.out.extend_from_slice(&fixed);
        }
    }

    #[inline]
    fn times(&mut self) {
        let clock = self.with.clock;
        let (start, end) = clock.both_nanoseconds(self.head.start, self.head.end);
        let mut fixed = [0; 18];
        fixed[0] = eight_bytes(7);
        fixed[1..9].copy_from_slice(&start.to_le_bytes());
        fixed[9] = eight_bytes(8);
        fixed[10..].copy_from_slice(&end.to_le_bytes());
        self.out.extend_from_slice(&fixed);
    }

    /// The program's attributes; says how many were beyond the limit.
    #[inline]
    fn attributes(
        &mut self,
        mut values: Cursor<'_>,
        extra: Option<&RawExtra<'_>>,
        name: &'static str,
    ) -> Option<u32> {
        let keys = &*self.piece.keys;
        let mut attributes = Attributes {
            out: self.out,
            tag: with_length(9),
            span: name,
            firewall: self.with.firewall,
            names: self.with.names,
            texts: self.with.texts,
            scratch: self.with.scratch,
            most: self.with.firewall.privacy.max_attributes,
            written: 0,
        };
        let count = self.head.values();
        let late = extra.map(|extra| extra.late);
        values.values(count, |place, raw| {
            let Some(key) = keys.get(place) else {
                return Some(());
            };
            let raw = late.and_then(|late| late.at(place)).unwrap_or(raw);
            attributes.put(place, key, raw)
        })?;
        if let Some(late) = late {
            behind(&mut attributes, keys, count, late)?;
        }
        let dropped = attributes.end(keys);
        Some(dropped as u32)
    }

    /// The attributes that the runtime adds.
    #[inline]
    fn outcome(&mut self, name: &'static str) {
        if let Some(code) = self.head.failed() {
            self.error_type(code, name);
        } else if self.head.is_cancelled() {
            self.out.extend_from_slice(CANCELLED);
        }
        if self.head.keeping() == Keeping::Partial {
            self.out.extend_from_slice(PARTIAL);
        }
        self.out.extend_from_slice(&self.piece.code);
    }

    #[cold]
    fn error_type(&mut self, code: u32, name: &'static str) {
        let code = self.with.names.text(code).unwrap_or(UNNUMBERED);
        let hits = self.with.firewall.static_hits(name, "error.type", code);
        let code = if hits { OTHER_ERROR } else { code };
        let any = field_len(code.len());
        self.out.push(with_length(9));
        varint(self.out, (ERROR_TYPE.len() + field_len(any)) as u64);
        self.out.extend_from_slice(ERROR_TYPE);
        self.out.push(with_length(2));
        varint(self.out, any as u64);
        field(self.out, with_length(1), code.as_bytes());
    }

    /// Status and flags.
    #[inline]
    fn end(&mut self) {
        let head = &self.head;
        let status = if head.failed().is_some() {
            FAILED
        } else {
            UNSET
        };
        self.out.extend_from_slice(status);
        let flags = extra::flags(true, head.is_random(), head.parent_is_remote());
        // Field 16 has a tag of two bytes.
        let mut fixed = [0x85, 0x01, 0, 0, 0, 0];
        fixed[2..].copy_from_slice(&flags.to_le_bytes());
        self.out.extend_from_slice(&fixed);
    }
}

/// Late attributes behind those that the span began with.
#[cold]
fn behind(
    attributes: &mut Attributes<'_>,
    keys: &[Key],
    count: usize,
    late: Late<'_>,
) -> Option<()> {
    for (place, key) in keys.iter().enumerate().skip(count) {
        attributes.put(place, key, late.at(place).unwrap_or(Raw::Absent))?;
    }
    Some(())
}

/// The `tracestate` of the last threshold: most spans of a process have the same.
#[derive(Default)]
pub(super) struct State {
    cell: u64,
    field: Vec<u8>,
}

impl State {
    #[cold]
    fn set(&mut self, cell: u64) {
        self.cell = cell;
        self.field.clear();
        if let Some(threshold) = Threshold::from_cell(cell) {
            // `ot=th:` and up to fourteen digits: the length takes one byte.
            self.field.extend_from_slice(&[with_length(3), 0]);
            let _ = std::io::Write::write_fmt(&mut self.field, format_args!("ot=th:{threshold}"));
            let len = self.field.len().saturating_sub(2);
            if let Some(slot) = self.field.get_mut(1) {
                *slot = len as u8;
            }
        }
    }
}
