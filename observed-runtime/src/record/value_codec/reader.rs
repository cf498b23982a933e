//! Cells into values.

use super::tags::{
    ABSENT, BOOLS, CUT_TEXT, CUT_TEXTS, F64, F64S, FALSE, I64, I64S, OUT_OF_RANGE, STATIC,
    TAGS_IN_A_CELL, TEXT, TEXTS, TRUE,
};
use crate::record::intern::Names;
use crate::value::{Inner, Value};

/// Reads cells; past the end, and of a malformed record, it gives nothing.
pub(crate) struct Reader<'a, I> {
    cells: I,
    pub(crate) names: &'a mut Names,
}

impl<'a, I: Iterator<Item = u64>> Reader<'a, I> {
    pub(crate) fn new(cells: I, names: &'a mut Names) -> Self {
        Self { cells, names }
    }

    pub(crate) fn cell(&mut self) -> Option<u64> {
        self.cells.next()
    }

    /// So many values.
    pub(crate) fn values(&mut self, count: usize) -> Option<Vec<Value>> {
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

    pub(crate) fn text(&mut self) -> Option<Box<str>> {
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
