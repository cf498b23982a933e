//! The attributes of a span or of an event: looked at, limited and encoded in one step, from the cells that they lie in.
//!
//! What becomes of each value is what the firewall does with a [`Finished`](crate::record::finished::Finished) span: a loss
//! first, then the allow-list, then the patterns, then the length. The differential tests hold the two together.

use super::arrays::Elements;
use super::pieces::Key;
use super::texts::Texts;
use super::wire::{field_len, varint, varint_len, with_length};
use crate::config::OnHit;
use crate::export::firewall::{Firewall, MASK, kept};
use crate::pipeline::ledger::Count;
use crate::record::intern::Names;
use crate::record::value_codec::{Raw, RawText};
use crate::value::Loss;

/// Memory that is used again and again.
#[derive(Default)]
pub(super) struct Scratch {
    /// A text that is looked at, or moved.
    pub(super) text: Vec<u8>,
    /// The elements of an array.
    array: Vec<u8>,
    /// The places of attributes beyond the limit.
    pub(super) beyond: Vec<usize>,
    /// Which events may leave.
    pub(super) leave: Vec<bool>,
}

/// Writes attributes behind what is in `out`.
pub(super) struct Attributes<'a> {
    pub(super) out: &'a mut Vec<u8>,
    /// Of the field that an attribute is.
    pub(super) tag: u8,
    /// The span's name, for findings.
    pub(super) span: &'static str,
    pub(super) firewall: &'a Firewall<'a>,
    pub(super) names: &'a mut Names,
    pub(super) texts: &'a mut Texts,
    pub(super) scratch: &'a mut Scratch,
    /// How many may be written, and how many were.
    pub(super) most: usize,
    pub(super) written: usize,
}

/// What the patterns and the limits leave of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    /// It was written.
    Written,
    /// It leaves no trace.
    Nothing,
    /// It looks like what must not leave.
    Withheld,
}

impl Attributes<'_> {
    /// Writes the attribute at a place among the keys; none where its cells are malformed.
    #[inline]
    pub(super) fn put(&mut self, place: usize, key: &Key, raw: Raw<'_>) -> Option<()> {
        if matches!(raw, Raw::Absent) {
            return Some(());
        }
        let begin = self.out.len();
        match self.value(key, raw)? {
            Left::Nothing => return Some(()),
            Left::Written => {}
            Left::Withheld => {
                self.out.truncate(begin);
                if self.firewall.privacy.on_hit != OnHit::Mask {
                    return Some(());
                }
                self.text_bytes(key, MASK.as_bytes());
            }
        }
        if self.written < self.most {
            self.written += 1;
        } else {
            self.out.truncate(begin);
            self.scratch.beyond.push(place);
        }
        Some(())
    }

    /// Notes those beyond the limit, and says how many there were.
    #[inline]
    pub(super) fn end(self, keys: &[Key]) -> u64 {
        let beyond = self.scratch.beyond.len() as u64;
        if beyond > 0 {
            for place in self.scratch.beyond.drain(..) {
                if let Some(key) = keys.get(place) {
                    self.firewall.lose(self.span, key.name, Loss::OverLimit);
                }
            }
        }
        beyond
    }

    #[inline]
    fn value(&mut self, key: &Key, raw: Raw<'_>) -> Option<Left> {
        if let Some(loss) = loss(raw) {
            self.firewall.lose(self.span, key.name, loss);
            return Some(Left::Nothing);
        }
        if !key.is_allowed {
            self.firewall.ledger.count(Count::NotAllowed, 1);
            return Some(Left::Nothing);
        }
        match raw {
            Raw::Bool(flag) => self.small(key, &[0x10, u8::from(flag)]),
            Raw::I64(number) => {
                if self.firewall.number_hits(self.span, key.name, number) {
                    return Some(Left::Withheld);
                }
                self.integer(key, number.cast_unsigned());
            }
            Raw::F64(float) => {
                if self.firewall.float_hits(self.span, key.name, float) {
                    return Some(Left::Withheld);
                }
                let mut any = [0x21; 9];
                any[1..].copy_from_slice(&float.to_le_bytes());
                self.small(key, &any);
            }
            Raw::Static(number) => return self.static_text(key, number),
            Raw::Text(text) => return self.text(key, text, false),
            other => return self.large(key, other),
        }
        Some(Left::Written)
    }

    /// A value of less than 128 bytes.
    #[inline]
    fn small(&mut self, key: &Key, any: &[u8]) {
        self.begin(key, 2 + any.len());
        self.out
            .extend_from_slice(&[with_length(2), any.len() as u8]);
        self.out.extend_from_slice(any);
    }

    #[inline]
    fn integer(&mut self, key: &Key, number: u64) {
        let len = varint_len(number);
        self.begin(key, 3 + len);
        self.out
            .extend_from_slice(&[with_length(2), 1 + len as u8, 0x18]);
        varint(self.out, number);
    }

    /// Everything before the value, which takes so many bytes.
    #[inline]
    fn begin(&mut self, key: &Key, value: usize) {
        self.out.push(self.tag);
        varint(self.out, (key.field.len() + value) as u64);
        self.out.extend_from_slice(&key.field);
    }

    #[inline]
    fn static_text(&mut self, key: &Key, number: u32) -> Option<Left> {
        let found = self.texts.get(number, self.names)?;
        if self.firewall.static_hits(self.span, key.name, found.text) {
            return Some(Left::Withheld);
        }
        if found.is_cut {
            self.firewall.lose(self.span, key.name, Loss::Cut);
        }
        self.out.push(self.tag);
        varint(self.out, (key.field.len() + found.value.len()) as u64);
        self.out.extend_from_slice(&key.field);
        self.out.extend_from_slice(&found.value);
        Some(Left::Written)
    }

    /// The text is written where it is to stand, looked at there, and written again only where it must be shorter.
    #[inline]
    fn text(&mut self, key: &Key, text: RawText<'_>, was_cut: bool) -> Option<Left> {
        let begin = self.out.len();
        self.before_text(key, text.bytes);
        let from = self.out.len();
        text.append_to(self.out);
        let written = str::from_utf8(self.out.get(from..)?).ok()?;
        if self.firewall.hits(self.span, key.name, written) {
            return Some(Left::Withheld);
        }
        let len = kept(written, self.firewall.privacy.max_text, was_cut).len();
        if was_cut || len < text.bytes {
            self.firewall.lose(self.span, key.name, Loss::Cut);
            let mut moved = std::mem::take(&mut self.scratch.text);
            moved.clear();
            moved.extend_from_slice(self.out.get(from..from + len)?);
            self.out.truncate(begin);
            self.text_bytes(key, &moved);
            self.scratch.text = moved;
        }
        Some(Left::Written)
    }

    #[inline]
    fn before_text(&mut self, key: &Key, len: usize) {
        let any = field_len(len);
        self.begin(key, field_len(any));
        self.out.push(with_length(2));
        varint(self.out, any as u64);
        self.out.push(with_length(1));
        varint(self.out, len as u64);
    }

    fn text_bytes(&mut self, key: &Key, text: &[u8]) {
        self.before_text(key, text.len());
        self.out.extend_from_slice(text);
    }

    /// Arrays, and what was cut when it was copied.
    #[cold]
    fn large(&mut self, key: &Key, raw: Raw<'_>) -> Option<Left> {
        if let Raw::CutText(text) = raw {
            return self.text(key, text, true);
        }
        let Scratch { array, text, .. } = &mut *self.scratch;
        array.clear();
        let mut elements = Elements {
            out: array,
            text,
            firewall: self.firewall,
            span: self.span,
            key: key.name,
        };
        if elements.put(raw)? {
            return Some(Left::Withheld);
        }
        let array = std::mem::take(&mut self.scratch.array);
        let any = field_len(array.len());
        self.begin(key, field_len(any));
        self.out.push(with_length(2));
        varint(self.out, any as u64);
        self.out.push(with_length(5));
        varint(self.out, array.len() as u64);
        self.out.extend_from_slice(&array);
        self.scratch.array = array;
        Some(Left::Written)
    }
}

/// Why nothing of a value can leave, as `Value::loss` has it.
#[inline]
fn loss(raw: Raw<'_>) -> Option<Loss> {
    let is_odd = |cell: &u64| !f64::from_bits(*cell).is_finite();
    match raw {
        Raw::Refused => Some(Loss::Lost),
        Raw::OutOfRange => Some(Loss::OutOfRange),
        Raw::F64(float) if !float.is_finite() => Some(Loss::NotFinite),
        Raw::F64s(cells) if cells.iter().any(is_odd) => Some(Loss::NotFinite),
        _ => None,
    }
}
