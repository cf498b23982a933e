//! Keys of services: those that are known by how they begin are data, `vendors/keys.tsv`; a few are known otherwise.

mod odd;
mod table;

pub(super) use odd::{is_at_sign, is_at_word as is_odd_at};
pub(super) use table::table;

/// No key is shorter.
pub(super) const SHORTEST: usize = 12;
