//! Step 2: the digests that the audit log keeps instead of the data.

use std::fmt::Write;

use observed_runtime::observed;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// SHA-256 of the canonical JSON of what went in and what came out.
#[derive(Debug)]
pub(super) struct Digests {
    pub(super) input: String,
    pub(super) output: Option<String>,
}

/// The digest of a request's payload.
#[observed(name = "compute_digests", scope = "pipeline")]
pub(super) fn of_input(#[pii] payload: &Value) -> String {
    of(payload)
}

/// The digest of a value: `serde_json` keeps object keys sorted, so equal values have equal text.
pub(super) fn of(value: &Value) -> String {
    of_bytes(value.to_string().as_bytes())
}

/// The digest of bytes, in hexadecimal.
#[must_use]
pub fn of_bytes(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
