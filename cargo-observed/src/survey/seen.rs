//! Files that were seen.

use std::sync::Arc;

use crate::modules::Member;

/// How much was read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Size {
    pub(crate) files: usize,
    pub(crate) parsed: usize,
    pub(crate) lines: usize,
}

/// A file with its text and what was read of it.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) member: Member,
    pub(crate) text: Arc<str>,
    /// Nothing where only its `mod` lines were read.
    pub(crate) read: Option<crate::source::Read>,
}
