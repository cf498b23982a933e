//! On whose behalf it is asked.

use observed_runtime::observed;

use crate::outcome::Denial;
use crate::registry;
use crate::rules::Profile;

/// The context is in the registry, active, and the profile's.
#[observed(name = "gate_context", scope = "gates", attrs(gate = "context"))]
pub(super) fn gate_context(profile: &Profile, id: &str) -> Result<(), Denial> {
    let reason = match registry::context(id) {
        None => "unknown",
        Some(context) if !context.active => "inactive",
        Some(context) if !profile.allows_context(context.id) => "not_allowed",
        Some(_) => return Ok(()),
    };
    Err(Denial {
        gate: "context",
        reason,
    })
}
