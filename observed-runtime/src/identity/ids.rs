//! Identifiers of traces and spans, and where fresh ones come from.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use super::random::random;

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
        Self::random_at(moment())
    }

    /// The same for who has read a clock already.
    #[inline]
    pub(crate) fn random_at(moment: u64) -> Self {
        loop {
            let id = u128::from(random(moment)) << 64 | u128::from(random(moment));
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
        Self::random_at(moment())
    }

    /// The same for who has read a clock already.
    #[inline]
    pub(crate) fn random_at(moment: u64) -> Self {
        loop {
            let id = random(moment);
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

/// The time, to be mixed into an id.
fn moment() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_nanos() as u64)
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
