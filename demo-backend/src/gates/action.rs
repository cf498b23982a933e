//! What is asked for.

use observed_runtime::observed;

use super::Denial;
use crate::entry::process::ProcessRequest;
use crate::executors::composite;
use crate::registry::{self, Action};
use crate::rules::Profile;

/// The action is in the registry and the profile's, and so are the steps of a composite one.
#[observed(name = "gate_action", scope = "gates", attrs(gate = "action"))]
pub(super) fn gate_action(
    profile: &Profile,
    request: &ProcessRequest,
) -> Result<&'static Action, Denial> {
    let denial = |reason| Denial {
        gate: "action",
        reason,
    };
    let action = registry::action(&request.action).ok_or(denial("unknown"))?;
    let is_allowed = |name: &str| profile.allows_action(name);
    if !is_allowed(action.name) {
        return Err(denial("not_allowed"));
    }
    // A step must not do what its caller could not ask for.
    if action.executor_id == composite::ID
        && !composite::names_of_steps(&request.payload).all(is_allowed)
    {
        return Err(denial("step_not_allowed"));
    }
    Ok(action)
}
