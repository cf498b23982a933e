//! Identifiers of traces and spans, and where fresh ones come from.

use std::cell::Cell;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

/// The identifier of a trace: 16 bytes, all zeros meaning none (W3C Trace Context, section 3.2.2.3).
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TraceId(pub(crate) u128);

/// The identifier of a span: 8 bytes, all zeros meaning none (W3C Trace Context, section 3.2.2.4).
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpanId(pub(crate) u64);

impl TraceId {
    /// A fresh id, never the invalid one.
    #[must_use]
    pub fn random() -> Self {
        loop {
            let id = u128::from(random()) << 64 | u128::from(random());
            if id != 0 {
                return Self(id);
            }
        }
    }

    /// The id with these bytes, most significant first.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }

    /// The bytes, most significant first.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// False for the id of zeros.
    #[must_use]
    pub fn is_valid(self) -> bool {
        self.0 != 0
    }
}

impl SpanId {
    /// A fresh id, never the invalid one.
    #[must_use]
    pub fn random() -> Self {
        loop {
            let id = random();
            if id != 0 {
                return Self(id);
            }
        }
    }

    /// The id with these bytes, most significant first.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(u64::from_be_bytes(bytes))
    }

    /// The bytes, most significant first.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 8] {
        self.0.to_be_bytes()
    }

    /// False for the id of zeros.
    #[must_use]
    pub fn is_valid(self) -> bool {
        self.0 != 0
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Display for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// `SplitMix64` (Steele, Lea, Flood 2014): a full period of 2^64 per thread, each thread with a seed of its own.
fn random() -> u64 {
    thread_local! {
        static STATE: Cell<u64> = Cell::new(seed());
    }
    // In a thread-local's destructor the state may be gone; a fresh seed is as good, only slower.
    let mut z = STATE
        .try_with(|state| {
            let next = state.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
            state.set(next);
            next
        })
        .unwrap_or_else(|_| seed());
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Entropy of the operating system through the keys of `RandomState`, so that no crate is needed for it.
fn seed() -> u64 {
    RandomState::new().hash_one(std::process::id())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_print_as_lower_case_hexadecimal_of_full_width() {
        assert_eq!(
            TraceId(0xab).to_string(),
            "000000000000000000000000000000ab"
        );
        assert_eq!(
            SpanId::from_bytes([0, 0, 0, 0, 0, 0, 1, 2]).to_string(),
            "0000000000000102"
        );
    }

    #[test]
    fn ids_of_several_threads_do_not_repeat() {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                std::thread::spawn(|| (0..10_000).map(|_| SpanId::random()).collect::<Vec<_>>())
            })
            .collect();
        let ids: HashSet<SpanId> = threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect();
        assert_eq!(ids.len(), 80_000);
    }
}
