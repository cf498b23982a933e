//! When it is asked.

use std::time::SystemTime;

use observed_runtime::observed;

use crate::outcome::Denial;
use crate::rules::Profile;

/// The profile may ask now.
#[observed(
    name = "gate_time_window",
    scope = "gates",
    attrs(gate = "time_window")
)]
pub(super) fn gate_time_window(profile: &Profile) -> Result<(), Denial> {
    let is_open = |window: &crate::rules::Window| window.is_open(SystemTime::now());
    if profile.window.as_ref().is_none_or(is_open) {
        return Ok(());
    }
    Err(Denial {
        gate: "time_window",
        reason: "closed",
    })
}
