//! The tags of values, a byte each.

pub(super) const TAGS_IN_A_CELL: usize = 8;

pub(super) const ABSENT: u8 = 0;
pub(super) const REFUSED: u8 = 1;
pub(super) const FALSE: u8 = 2;
pub(super) const TRUE: u8 = 3;
pub(super) const I64: u8 = 4;
pub(super) const F64: u8 = 5;
pub(super) const STATIC: u8 = 6;
pub(super) const TEXT: u8 = 7;
pub(super) const BOOLS: u8 = 8;
pub(super) const I64S: u8 = 9;
pub(super) const F64S: u8 = 10;
pub(super) const TEXTS: u8 = 11;
pub(super) const OUT_OF_RANGE: u8 = 12;
pub(super) const CUT_TEXT: u8 = 13;
pub(super) const CUT_TEXTS: u8 = 14;
