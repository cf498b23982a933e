//! Who asks.

use observed_runtime::observed;

use crate::outcome::Denial;
use crate::request::Call;
use crate::rules::{Profile, Rules};

/// The key is one of a profile.
#[observed(name = "gate_caller", scope = "gates", attrs(gate = "caller"))]
pub(super) fn gate_caller<'a>(rules: &'a Rules, call: &Call) -> Result<&'a Profile, Denial> {
    let key = call.api_key.as_deref().unwrap_or_default();
    rules.profile_of(key).ok_or(Denial {
        gate: "caller",
        reason: "api_key",
    })
}
