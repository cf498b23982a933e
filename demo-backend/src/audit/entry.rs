//! The entry of one line: names that the registry knows, and digests of everything else.

use observed_runtime::context::TraceId;
use serde::Serialize;

use crate::outcome::Denial;
use crate::registry;
use crate::request::ProcessRequest;
use crate::store::unix_ms;

/// One line of the log. It names what the registry knows and digests of the rest.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Milliseconds since 1970.
    pub unix_ms: u64,
    /// The id that the client was given.
    pub trace_id: String,
    /// The profile whose key it was; empty for none.
    pub profile: String,
    /// The action, or `unknown`.
    pub action: &'static str,
    /// The context, or `unknown`.
    pub context_id: &'static str,
    /// `ok`, `denied`, or the code of the error.
    pub outcome: &'static str,
    /// The gate that denied, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<&'static str>,
    /// Why it denied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// The digest of the payload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_sha256: Option<String>,
    /// The digest of the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_sha256: Option<String>,
}

impl Entry {
    /// Makes an entry for `request`, now.
    #[must_use]
    pub fn new(trace_id: TraceId, profile: &str, request: &ProcessRequest) -> Self {
        Self {
            unix_ms: unix_ms(),
            trace_id: trace_id.to_string(),
            profile: profile.to_owned(),
            action: registry::action_label(&request.action),
            context_id: registry::context_label(&request.context_id),
            outcome: "ok",
            gate: None,
            reason: None,
            input_sha256: None,
            output_sha256: None,
        }
    }

    /// Turns it into the entry of a denied request.
    #[must_use]
    pub fn denied(self, denial: Denial) -> Self {
        Self {
            outcome: "denied",
            gate: Some(denial.gate),
            reason: Some(denial.reason),
            ..self
        }
    }
}
