//! Finished spans that have not left yet, by where they lie.

/// How many finished spans lie where, at about one moment.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Unsent {
    pub(super) in_chunks: u64,
    pub(crate) queued: u64,
    pub(super) in_hand: u64,
    /// A part of what is in hand.
    pub(crate) in_flight: u64,
}

impl Unsent {
    /// All of them.
    pub(crate) fn pending(self) -> u64 {
        self.in_chunks + self.queued + self.in_hand
    }
}
