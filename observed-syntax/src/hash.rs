//! The hash behind fingerprints.

/// Computes FNV-1a, 64 bits wide. It finds changes and is no defence against somebody who looks for a collision.
#[must_use]
pub fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
