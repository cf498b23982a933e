//! Cells into values.

use super::raw::{Cursor, Raw, RawTexts};
use crate::record::intern::Names;
use crate::value::{Inner, Value};

/// So many values; of a malformed record none.
pub(crate) fn values(
    cells: &mut Cursor<'_>,
    count: usize,
    names: &mut Names,
) -> Option<Vec<Value>> {
    // Not more than usual at once: what a malformed record says is not to be trusted.
    let mut values = Vec::with_capacity(count.min(256));
    cells.values(count, |_, raw| {
        values.push(value(raw, names)?);
        Some(())
    })?;
    Some(values)
}

/// One value, copied.
pub(crate) fn value(raw: Raw<'_>, names: &mut Names) -> Option<Value> {
    Some(Value(match raw {
        Raw::Absent => Inner::Absent,
        Raw::Refused => Inner::Refused,
        Raw::OutOfRange => Inner::OutOfRange,
        Raw::Bool(flag) => Inner::Bool(flag),
        Raw::I64(integer) => Inner::I64(integer),
        Raw::F64(float) => Inner::F64(float),
        Raw::Static(number) => Inner::Static(names.text(number)?),
        Raw::Text(text) => Inner::Text(text.to_owned()?),
        Raw::CutText(text) => Inner::CutText(text.to_owned()?),
        Raw::Bools(cells) => Inner::Bools(cells.iter().map(|cell| *cell != 0).collect()),
        Raw::I64s(cells) => Inner::I64s(cells.iter().map(|cell| cell.cast_signed()).collect()),
        Raw::F64s(cells) => Inner::F64s(cells.iter().map(|cell| f64::from_bits(*cell)).collect()),
        Raw::Texts(all) => Inner::Texts(texts(all)?),
        Raw::CutTexts(all) => Inner::CutTexts(texts(all)?),
    }))
}

fn texts(all: RawTexts<'_>) -> Option<Box<[Box<str>]>> {
    all.iter().map(super::raw::RawText::to_owned).collect()
}
