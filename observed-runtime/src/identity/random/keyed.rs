//! Random numbers where nothing is recorded, and few ids are made: by a keyed hash of the standard library, so that a
//! library's build needs no crate for them.

use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// A number that was not drawn before, in this process, in a child of a fork, or in a copy of the machine.
pub(crate) fn random(moment: u64) -> u64 {
    static KEY: OnceLock<RandomState> = OnceLock::new();
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    let drawn = DRAWN.fetch_add(1, Ordering::Relaxed);
    let key = KEY.get_or_init(RandomState::new);
    key.hash_one((drawn, moment, std::process::id()))
}
