//! Places in sources: files relative to the workspace's root, so that they read the same everywhere.

use std::ops::Range;

use proc_macro2::Span;

/// A range of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The file, relative to the workspace's root where it is below it.
    pub(crate) file: String,
    /// The first line, from 1.
    pub(crate) line: usize,
    /// The first column, from 1.
    pub(crate) column: usize,
    /// The bytes of the file.
    pub(crate) bytes: Bytes,
}

/// A range of bytes that can be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bytes {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Bytes {
    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl Place {
    /// The place of a span; it must be asked on the thread that parsed the file.
    pub(crate) fn of(file: &str, span: Span) -> Self {
        let (start, bytes) = (span.start(), span.byte_range());
        Self {
            file: file.to_owned(),
            line: start.line,
            column: start.column + 1,
            bytes: Bytes {
                start: bytes.start,
                end: bytes.end,
            },
        }
    }

    /// The beginning of a file that has no better place.
    pub(crate) fn top(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            line: 1,
            column: 1,
            bytes: Bytes::default(),
        }
    }
}
