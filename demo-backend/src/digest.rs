//! SHA-256 in hexadecimal, which the audit log and the database hold instead of data.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Returns the digest of `bytes`, 64 digits.
#[must_use]
pub fn of(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
