//! Where a thread encodes attributes: the values of its open spans, one behind the other, and the numbers of static texts.

use crate::record::intern::Numbers;
use crate::record::open::OpenSpan;

/// Taken off the thread while attributes are evaluated: the expressions are the user's, and may be traced themselves. They
/// find a new one.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) cells: Vec<u64>,
    pub(super) numbers: Numbers,
}

/// The values of a span whose entry begins at `from`.
#[inline]
pub(super) fn values_of<'a>(cells: &'a [u64], from: usize, span: &OpenSpan) -> &'a [u64] {
    cells
        .get(from..from + span.cells as usize)
        .unwrap_or_default()
}
