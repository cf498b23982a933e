//! Static texts as attributes' values, encoded when they are met first.

use super::wire::{field, field_len, varint, with_length};
use crate::record::intern::Names;
use crate::value::head;

/// They, by their numbers, cut to the limit of one text.
pub(super) struct Texts {
    known: Vec<Option<StaticText>>,
    most: usize,
}

pub(super) struct StaticText {
    pub(super) text: &'static str,
    /// Field 2 of an attribute.
    pub(super) value: Box<[u8]>,
    pub(super) is_cut: bool,
}

impl Texts {
    pub(super) fn new(most: usize) -> Self {
        Self {
            known: Vec::new(),
            most,
        }
    }

    #[inline]
    pub(super) fn get(&mut self, number: u32, names: &mut Names) -> Option<&StaticText> {
        let at = number as usize;
        if self.known.get(at).is_none_or(Option::is_none) {
            self.learn(at, names.text(number)?);
        }
        self.known.get(at)?.as_ref()
    }

    #[cold]
    fn learn(&mut self, at: usize, text: &'static str) {
        let cut = head(text, self.most);
        let mut value = Vec::new();
        value.push(with_length(2));
        varint(&mut value, field_len(cut.len()) as u64);
        field(&mut value, with_length(1), cut.as_bytes());
        if self.known.len() <= at {
            self.known.resize_with(at + 1, || None);
        }
        if let Some(slot) = self.known.get_mut(at) {
            *slot = Some(StaticText {
                text,
                value: value.into(),
                is_cut: cut.len() < text.len(),
            });
        }
    }
}
