//! Values as cells: what a record is made of.
//!
//! For every eight values a cell of tags, one byte each; behind it the cells of those that have some: a number is one
//! cell, a text its length in bytes and then the bytes, eight to a cell, an array its length and then its elements.

use super::intern::{Names, Numbers};
use crate::value::{Inner, Value};

const TAGS_IN_A_CELL: usize = 8;

const ABSENT: u8 = 0;
const REFUSED: u8 = 1;
const FALSE: u8 = 2;
const TRUE: u8 = 3;
const I64: u8 = 4;
const F64: u8 = 5;
const STATIC: u8 = 6;
const TEXT: u8 = 7;
const BOOLS: u8 = 8;
const I64S: u8 = 9;
const F64S: u8 = 10;
const TEXTS: u8 = 11;
const OUT_OF_RANGE: u8 = 12;
const CUT_TEXT: u8 = 13;
const CUT_TEXTS: u8 = 14;

/// Puts values behind what is there already.
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
pub(super) fn put_text(text: &str, cells: &mut Vec<u64>) {
    cells.push(text.len() as u64);
    for eight in text.as_bytes().chunks(8) {
        let mut cell = [0; 8];
        cell[..eight.len()].copy_from_slice(eight);
        cells.push(u64::from_le_bytes(cell));
    }
}

/// Reads cells; past the end, and of a malformed record, it gives nothing.
pub(crate) struct Reader<'a, I> {
    cells: I,
    pub(crate) names: &'a mut Names,
}

impl<'a, I: Iterator<Item = u64>> Reader<'a, I> {
    pub(crate) fn new(cells: I, names: &'a mut Names) -> Self {
        Self { cells, names }
    }

    pub(super) fn cell(&mut self) -> Option<u64> {
        self.cells.next()
    }

    /// So many values.
    pub(super) fn values(&mut self, count: usize) -> Option<Vec<Value>> {
        let mut values = Vec::with_capacity(count);
        while values.len() < count {
            let mut tags = self.cell()?;
            for _ in 0..TAGS_IN_A_CELL.min(count - values.len()) {
                values.push(self.value(tags as u8)?);
                tags >>= 8;
            }
        }
        Some(values)
    }

    fn value(&mut self, tag: u8) -> Option<Value> {
        Some(Value(match tag {
            ABSENT => Inner::Absent,
            FALSE => Inner::Bool(false),
            TRUE => Inner::Bool(true),
            I64 => Inner::I64(self.cell()?.cast_signed()),
            F64 => Inner::F64(f64::from_bits(self.cell()?)),
            STATIC => {
                let number = self.cell()? as u32;
                Inner::Static(self.names.text(number)?)
            }
            TEXT => Inner::Text(self.text()?),
            BOOLS => Inner::Bools(self.many(|reader| Some(reader.cell()? != 0))?),
            I64S => Inner::I64s(self.many(|reader| Some(reader.cell()?.cast_signed()))?),
            F64S => Inner::F64s(self.many(|reader| Some(f64::from_bits(reader.cell()?)))?),
            TEXTS => Inner::Texts(self.many(Self::text)?),
            OUT_OF_RANGE => Inner::OutOfRange,
            CUT_TEXT => Inner::CutText(self.text()?),
            CUT_TEXTS => Inner::CutTexts(self.many(Self::text)?),
            _ => Inner::Refused,
        }))
    }

    fn many<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Box<[T]>> {
        let count = self.cell()?;
        (0..count).map(|_| one(self)).collect()
    }

    pub(super) fn text(&mut self) -> Option<Box<str>> {
        let len = self.cell()? as usize;
        // Not more than a usual text at once: what a malformed record says is not to be trusted.
        let mut bytes = Vec::with_capacity(len.min(256).next_multiple_of(8));
        while bytes.len() < len {
            bytes.extend_from_slice(&self.cell()?.to_le_bytes());
        }
        bytes.truncate(len);
        Some(String::from_utf8(bytes).ok()?.into_boxed_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values() -> impl Strategy<Value = Vec<Value>> {
        let text = "\\PC{0,40}";
        let value = prop_oneof![
            Just(Inner::Absent),
            Just(Inner::Refused),
            Just(Inner::OutOfRange),
            any::<bool>().prop_map(Inner::Bool),
            any::<i64>().prop_map(Inner::I64),
            any::<f64>().prop_map(Inner::F64),
            prop_oneof![Just("static"), Just(""), Just("é")].prop_map(Inner::Static),
            text.prop_map(|text| Inner::Text(text.into())),
            text.prop_map(|text| Inner::CutText(text.into())),
            text.prop_map(|text| Inner::CutTexts([text.into()].into())),
            prop::collection::vec(any::<bool>(), 0..20).prop_map(|all| Inner::Bools(all.into())),
            prop::collection::vec(any::<i64>(), 0..20).prop_map(|all| Inner::I64s(all.into())),
            prop::collection::vec(any::<f64>(), 0..20).prop_map(|all| Inner::F64s(all.into())),
            prop::collection::vec(text, 0..5).prop_map(|all| Inner::Texts(
                all.into_iter().map(String::into_boxed_str).collect()
            )),
        ];
        prop::collection::vec(value.prop_map(Value), 0..30)
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(values in values()) {
            let (mut numbers, mut names) = (Numbers::default(), Names::default());
            let mut cells = vec![7];
            let mut encoder = Encoder::new(&mut cells, &mut numbers);
            for value in &values {
                encoder.add(value);
            }
            let refused = encoder.refused;
            let mut reader = Reader::new(cells.iter().copied().skip(1), &mut names);
            let read = reader.values(values.len()).unwrap();
            // By text, because a float may be no number.
            prop_assert_eq!(format!("{:?}", read), format!("{:?}", &values));
            prop_assert_eq!(reader.cell(), None);
            let expected = values.iter().filter(|value| value.0 == Inner::Refused).count();
            prop_assert_eq!(refused, expected as u64);
        }

        #[test]
        fn any_words_are_read_without_harm(cells in prop::collection::vec(any::<u64>(), 0..40), count in 0_usize..40) {
            let small = cells.iter().map(|cell| cell % 64);
            let mut names = Names::default();
            let _ = Reader::new(small, &mut names).values(count);
        }
    }
}
