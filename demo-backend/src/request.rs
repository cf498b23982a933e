//! A request that could be read: its body, and what came beside it.
//!
//! What a client may put anything into is marked as personal data here, so that no span can take it by accident.

use observed_runtime::Classified;
use serde::Deserialize;
use serde_json::Value;

/// The body of a request.
#[derive(Classified, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessRequest {
    /// The action's name.
    pub action: String,
    /// The context's identifier.
    pub context_id: String,
    /// The payload; whatever a client puts there.
    #[pii]
    pub payload: Value,
}

/// A request that could be read, with what came beside its body.
#[derive(Classified, Debug)]
pub struct Call {
    /// The body.
    pub request: ProcessRequest,
    /// The header `X-API-KEY`, if there was one.
    #[pii]
    pub api_key: Option<String>,
    /// The header `Idempotency-Key`, if there was one.
    #[pii]
    pub idempotency_key: Option<String>,
    /// Whether another service of this kind has forwarded it.
    pub is_forwarded: bool,
    /// The digest of the body as it was sent.
    pub body_sha256: String,
}
