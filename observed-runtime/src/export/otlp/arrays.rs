//! The elements of arrays.

use super::wire::{field_len, varint, varint_len, with_length};
use crate::export::firewall::{Firewall, kept};
use crate::record::value_codec::{Raw, RawTexts};
use crate::value::Loss;

/// The elements of one array, on their way into `out`.
pub(super) struct Elements<'a> {
    pub(super) out: &'a mut Vec<u8>,
    /// Where a text is looked at.
    pub(super) text: &'a mut Vec<u8>,
    pub(super) firewall: &'a Firewall<'a>,
    pub(super) span: &'static str,
    pub(super) key: &'static str,
}

impl Elements<'_> {
    /// Puts all of them; true where one of them must not leave, and with it the array. None where the cells are malformed.
    pub(super) fn put(&mut self, array: Raw<'_>) -> Option<bool> {
        let (firewall, span, key) = (self.firewall, self.span, self.key);
        Some(match array {
            Raw::Bools(cells) => {
                for cell in cells {
                    self.small(&[0x10, u8::from(*cell != 0)]);
                }
                false
            }
            Raw::I64s(cells) => {
                for cell in cells {
                    let len = varint_len(*cell) as u8;
                    self.out.extend_from_slice(&[with_length(1), 1 + len, 0x18]);
                    varint(self.out, *cell);
                }
                let mut numbers = cells.iter().map(|cell| cell.cast_signed());
                numbers.any(|number| firewall.number_hits(span, key, number))
            }
            Raw::F64s(cells) => {
                for cell in cells {
                    let mut any = [0x21; 9];
                    any[1..].copy_from_slice(&cell.to_le_bytes());
                    self.small(&any);
                }
                let mut floats = cells.iter().map(|cell| f64::from_bits(*cell));
                floats.any(|float| firewall.float_hits(span, key, float))
            }
            Raw::Texts(texts) => self.texts(texts, false)?,
            Raw::CutTexts(texts) => self.texts(texts, true)?,
            _ => true,
        })
    }

    /// An element of less than 128 bytes.
    fn small(&mut self, any: &[u8]) {
        self.out
            .extend_from_slice(&[with_length(1), any.len() as u8]);
        self.out.extend_from_slice(any);
    }

    fn texts(&mut self, texts: RawTexts<'_>, was_cut: bool) -> Option<bool> {
        let (max, mut is_shorter) = (self.firewall.privacy.max_text, was_cut);
        for (at, raw) in texts.iter().enumerate() {
            self.text.clear();
            raw.append_to(self.text);
            let text = str::from_utf8(self.text).ok()?;
            if self.firewall.hits(self.span, self.key, text) {
                return Some(true);
            }
            // Of an array that was cut the last text was, and what is left of it may be nothing.
            let is_last_of_cut = was_cut && at + 1 == texts.count;
            if is_last_of_cut && kept(text, usize::MAX, true).is_empty() {
                break;
            }
            let left = kept(text, max, is_last_of_cut);
            is_shorter |= left.len() < text.len();
            self.out.push(with_length(1));
            varint(self.out, field_len(left.len()) as u64);
            self.out.push(with_length(1));
            varint(self.out, left.len() as u64);
            self.out.extend_from_slice(left.as_bytes());
        }
        if is_shorter {
            self.firewall.lose(self.span, self.key, Loss::Cut);
        }
        Some(false)
    }
}
