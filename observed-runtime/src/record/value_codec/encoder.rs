//! Values into cells.

use super::tags::{
    ABSENT, BOOLS, CUT_TEXT, CUT_TEXTS, F64, F64S, FALSE, I64, I64S, OUT_OF_RANGE, REFUSED, STATIC,
    TAGS_IN_A_CELL, TEXT, TEXTS, TRUE,
};
use crate::record::intern::Numbers;
use crate::value::{Inner, Value};

/// Puts values that are at hand behind what is there already; returns how many of them were refused.
#[inline]
pub(crate) fn put_values(values: &[Value], numbers: &mut Numbers, cells: &mut Vec<u64>) -> u64 {
    let mut refused = 0;
    for group in values.chunks(TAGS_IN_A_CELL) {
        let (place, mut tags) = (cells.len(), 0);
        cells.push(0);
        for (position, value) in group.iter().enumerate() {
            let tag = put(value, numbers, cells);
            refused += u64::from(tag == REFUSED);
            tags |= u64::from(tag) << (8 * position);
        }
        if let Some(cell) = cells.get_mut(place) {
            *cell = tags;
        }
    }
    refused
}

/// Puts values one by one behind what is there already, as they are evaluated.
pub(crate) struct Encoder<'a> {
    cells: &'a mut Vec<u64>,
    numbers: &'a mut Numbers,
    /// How many values were put in, and how many of them were refused.
    pub(crate) count: usize,
    pub(crate) refused: u64,
    /// Where the tags of the last values stand.
    tags: usize,
}

impl<'a> Encoder<'a> {
    #[inline]
    pub(crate) fn new(cells: &'a mut Vec<u64>, numbers: &'a mut Numbers) -> Self {
        Self {
            cells,
            numbers,
            count: 0,
            refused: 0,
            tags: 0,
        }
    }

    /// Adds the next value.
    #[inline]
    pub(crate) fn add(&mut self, value: &Value) {
        let position = self.count % TAGS_IN_A_CELL;
        if position == 0 {
            self.tags = self.cells.len();
            self.cells.push(0);
        }
        self.count += 1;
        let tag = put(value, self.numbers, self.cells);
        self.refused += u64::from(tag == REFUSED);
        if let Some(tags) = self.cells.get_mut(self.tags) {
            *tags |= u64::from(tag) << (8 * position);
        }
    }
}

/// Puts the cells of one value and returns its tag.
#[inline]
fn put(value: &Value, numbers: &mut Numbers, cells: &mut Vec<u64>) -> u8 {
    match &value.0 {
        Inner::Absent => ABSENT,
        Inner::Refused => REFUSED,
        Inner::OutOfRange => OUT_OF_RANGE,
        Inner::Bool(false) => FALSE,
        Inner::Bool(true) => TRUE,
        Inner::I64(integer) => {
            cells.push(integer.cast_unsigned());
            I64
        }
        Inner::F64(float) => {
            cells.push(float.to_bits());
            F64
        }
        Inner::Static(text) => {
            let Some(number) = numbers.text(text) else {
                put_text(text, cells);
                return TEXT;
            };
            cells.push(u64::from(number));
            STATIC
        }
        Inner::Text(text) => {
            put_text(text, cells);
            TEXT
        }
        arrays => put_large(arrays, cells),
    }
}

/// Puts arrays, and what was cut.
fn put_large(array: &Inner, cells: &mut Vec<u64>) -> u8 {
    match array {
        Inner::Bools(flags) => {
            cells.push(flags.len() as u64);
            flags.iter().for_each(|flag| cells.push(u64::from(*flag)));
            BOOLS
        }
        Inner::I64s(integers) => {
            cells.push(integers.len() as u64);
            integers
                .iter()
                .for_each(|integer| cells.push(integer.cast_unsigned()));
            I64S
        }
        Inner::F64s(floats) => {
            cells.push(floats.len() as u64);
            floats.iter().for_each(|float| cells.push(float.to_bits()));
            F64S
        }
        Inner::Texts(texts) => {
            put_texts(texts, cells);
            TEXTS
        }
        Inner::CutTexts(texts) => {
            put_texts(texts, cells);
            CUT_TEXTS
        }
        Inner::CutText(text) => {
            put_text(text, cells);
            CUT_TEXT
        }
        _ => ABSENT,
    }
}

fn put_texts(texts: &[Box<str>], cells: &mut Vec<u64>) {
    cells.push(texts.len() as u64);
    for text in texts {
        put_text(text, cells);
    }
}

/// The length in bytes, then the bytes; the last cell is filled with zeros.
pub(crate) fn put_text(text: &str, cells: &mut Vec<u64>) {
    cells.push(text.len() as u64);
    for eight in text.as_bytes().chunks(8) {
        let mut cell = [0; 8];
        cell[..eight.len()].copy_from_slice(eight);
        cells.push(u64::from_le_bytes(cell));
    }
}
