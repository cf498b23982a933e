//! With what it is asked.

use observed_runtime::observed;
use serde_json::Value;

use crate::outcome::Denial;
use crate::rules::Profile;

/// The payload is an object, and keeps to the profile's policy.
#[observed(name = "gate_payload", scope = "gates", attrs(gate = "payload"))]
pub(super) fn gate_payload(profile: &Profile, #[pii] payload: &Value) -> Result<(), Denial> {
    let reason = if !payload.is_object() {
        "not_an_object"
    } else if !profile.allows_payload(payload) {
        "policy"
    } else {
        return Ok(());
    };
    Err(Denial {
        gate: "payload",
        reason,
    })
}
