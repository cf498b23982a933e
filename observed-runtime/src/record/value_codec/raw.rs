//! Values as they stand in their cells: read without a copy.

use super::tags::{
    ABSENT, BOOLS, CUT_TEXT, CUT_TEXTS, F64, F64S, FALSE, I64, I64S, OUT_OF_RANGE, STATIC,
    TAGS_IN_A_CELL, TEXT, TEXTS, TRUE,
};

/// A value in its cells.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Raw<'a> {
    Absent,
    Refused,
    OutOfRange,
    Bool(bool),
    I64(i64),
    F64(f64),
    /// The number of a static text.
    Static(u32),
    Text(RawText<'a>),
    /// A text that was cut when it was copied.
    CutText(RawText<'a>),
    /// A cell for each element, not zero for true.
    Bools(&'a [u64]),
    I64s(&'a [u64]),
    F64s(&'a [u64]),
    Texts(RawTexts<'a>),
    CutTexts(RawTexts<'a>),
}

/// The bytes of a text, eight to a cell.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RawText<'a> {
    cells: &'a [u64],
    pub(crate) bytes: usize,
}

/// The texts of an array.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawTexts<'a> {
    pub(crate) count: usize,
    cells: Cursor<'a>,
}

/// A place in a record; past its end there is nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cursor<'a>(&'a [u64]);

impl RawText<'_> {
    /// Puts the bytes behind what is there.
    #[inline]
    pub(crate) fn append_to(self, out: &mut Vec<u8>) {
        let begin = out.len();
        out.resize(begin + self.cells.len() * 8, 0);
        let room = out.get_mut(begin..).unwrap_or_default();
        for (slot, cell) in room.chunks_exact_mut(8).zip(self.cells) {
            slot.copy_from_slice(&cell.to_le_bytes());
        }
        out.truncate(begin + self.bytes);
    }

    /// A copy; none where it is no text.
    pub(crate) fn to_owned(self) -> Option<Box<str>> {
        let mut bytes = Vec::new();
        self.append_to(&mut bytes);
        Some(String::from_utf8(bytes).ok()?.into_boxed_str())
    }
}

impl<'a> RawTexts<'a> {
    pub(crate) fn iter(self) -> impl Iterator<Item = RawText<'a>> {
        let mut cells = self.cells;
        (0..self.count).map_while(move |_| cells.text())
    }
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(cells: &'a [u64]) -> Self {
        Self(cells)
    }

    /// How many cells there are.
    pub(crate) fn left(self) -> usize {
        self.0.len()
    }

    #[inline]
    pub(crate) fn cell(&mut self) -> Option<u64> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    #[inline]
    pub(crate) fn cells(&mut self, count: usize) -> Option<&'a [u64]> {
        let (first, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(first)
    }

    #[inline]
    pub(crate) fn text(&mut self) -> Option<RawText<'a>> {
        let bytes = usize::try_from(self.cell()?).ok()?;
        let cells = self.cells(bytes.div_ceil(8))?;
        Some(RawText { cells, bytes })
    }

    /// Gives so many values to `each`, with their places.
    #[inline]
    pub(crate) fn values(
        &mut self,
        count: usize,
        mut each: impl FnMut(usize, Raw<'a>) -> Option<()>,
    ) -> Option<()> {
        let mut tags = 0;
        for place in 0..count {
            if place % TAGS_IN_A_CELL == 0 {
                tags = self.cell()?;
            }
            each(place, self.value(tags as u8)?)?;
            tags >>= 8;
        }
        Some(())
    }

    #[inline]
    fn value(&mut self, tag: u8) -> Option<Raw<'a>> {
        Some(match tag {
            ABSENT => Raw::Absent,
            FALSE => Raw::Bool(false),
            TRUE => Raw::Bool(true),
            I64 => Raw::I64(self.cell()?.cast_signed()),
            F64 => Raw::F64(f64::from_bits(self.cell()?)),
            STATIC => Raw::Static(self.cell()? as u32),
            TEXT => Raw::Text(self.text()?),
            _ => self.large(tag)?,
        })
    }

    fn large(&mut self, tag: u8) -> Option<Raw<'a>> {
        Some(match tag {
            OUT_OF_RANGE => Raw::OutOfRange,
            CUT_TEXT => Raw::CutText(self.text()?),
            BOOLS => Raw::Bools(self.array()?),
            I64S => Raw::I64s(self.array()?),
            F64S => Raw::F64s(self.array()?),
            TEXTS => Raw::Texts(self.texts()?),
            CUT_TEXTS => Raw::CutTexts(self.texts()?),
            _ => Raw::Refused,
        })
    }

    fn array(&mut self) -> Option<&'a [u64]> {
        let count = usize::try_from(self.cell()?).ok()?;
        self.cells(count)
    }

    fn texts(&mut self) -> Option<RawTexts<'a>> {
        let count = usize::try_from(self.cell()?).ok()?;
        let cells = *self;
        for _ in 0..count {
            self.text()?;
        }
        Some(RawTexts { count, cells })
    }
}
