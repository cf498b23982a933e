//! Step 2: the digests that the audit log keeps instead of the data.

use observed_runtime::observed;
use serde_json::Value;

use crate::digest;

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
    digest::of(value.to_string().as_bytes())
}
