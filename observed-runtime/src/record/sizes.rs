//! The sizes of chunks, apart from what is done with them: what tries every order of it has smaller ones.

/// The cells of a usual chunk, 64 bits each and 32 KiB in all; a thread's first ones are smaller.
pub(super) const CELLS: usize = 4_096;
pub(super) const FIRST_CELLS: usize = 128;
/// Chunks that wait to be used again.
pub(super) const MOST_SPARE: usize = 64;
