//! The gates that only compare: each looks at one part of a request, in memory, and passes it or denies it.

use std::time::SystemTime;

use observed_runtime::observed;
use serde_json::Value;

use crate::outcome::Denial;
use crate::registry;
use crate::request::Call;
use crate::rules::{Profile, Rules, Window};

/// Authenticates the caller: the key is one of a profile.
#[observed(name = "gate_caller", scope = "gates", attrs(gate = "caller"))]
pub(super) fn gate_caller<'a>(rules: &'a Rules, call: &Call) -> Result<&'a Profile, Denial> {
    let key = call.api_key.as_deref().unwrap_or_default();
    rules
        .profile_of(key)
        .ok_or(Denial::new("caller", "api_key"))
}

/// Checks that the profile may ask at this time.
#[observed(
    name = "gate_time_window",
    scope = "gates",
    attrs(gate = "time_window")
)]
pub(super) fn gate_time_window(profile: &Profile) -> Result<(), Denial> {
    let is_open = |window: &Window| window.is_open(SystemTime::now());
    if profile.window.as_ref().is_none_or(is_open) {
        return Ok(());
    }
    Err(Denial::new("time_window", "closed"))
}

/// Checks that the context is in the registry, active, and the profile's.
#[observed(name = "gate_context", scope = "gates", attrs(gate = "context"))]
pub(super) fn gate_context(profile: &Profile, id: &str) -> Result<(), Denial> {
    let reason = match registry::context(id) {
        None => "unknown",
        Some(context) if !context.active => "inactive",
        Some(context) if !profile.allows_context(context.id) => "not_allowed",
        Some(_) => return Ok(()),
    };
    Err(Denial::new("context", reason))
}

/// Checks that the payload is an object, and keeps to the profile's policy.
#[observed(name = "gate_payload", scope = "gates", attrs(gate = "payload"))]
pub(super) fn gate_payload(profile: &Profile, #[pii] payload: &Value) -> Result<(), Denial> {
    let reason = if !payload.is_object() {
        "not_an_object"
    } else if !profile.allows_payload(payload) {
        "policy"
    } else {
        return Ok(());
    };
    Err(Denial::new("payload", reason))
}
