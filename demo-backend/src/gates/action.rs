//! The gate of the action: in the registry and the profile's, with everything that it leads to.

use observed_runtime::observed;
use serde_json::Value;

use crate::executors::{composite, remote};
use crate::outcome::Denial;
use crate::registry::{self, Action};
use crate::request::Call;
use crate::rules::Profile;

/// Checks that the action is in the registry and the profile's, and so is what it leads to: its steps, or the action that
/// it forwards.
#[observed(name = "gate_action", scope = "gates", attrs(gate = "action"))]
pub(super) fn gate_action(profile: &Profile, call: &Call) -> Result<&'static Action, Denial> {
    let action = registry::action(&call.request.action).ok_or(denial("unknown"))?;
    let payload = &call.request.payload;
    may_run(profile, call.is_forwarded, action, payload)?;
    if action.executor_id == composite::ID {
        for step in composite::steps(payload) {
            let inner = step.get("payload").unwrap_or(&Value::Null);
            // What is no step is for the executor to refuse.
            if let Some(action) = composite::action_of(step)
                && may_run(profile, call.is_forwarded, action, inner).is_err()
            {
                return Err(denial("step_not_allowed"));
            }
        }
    }
    Ok(action)
}

/// Checks that nobody gets by way of another action, or of another service, what they could not ask for.
fn may_run(
    profile: &Profile,
    is_forwarded: bool,
    action: &Action,
    payload: &Value,
) -> Result<(), Denial> {
    if !profile.allows_action(action.name) {
        return Err(denial("not_allowed"));
    }
    if action.executor_id != remote::ID {
        return Ok(());
    }
    let there = payload.get("action").and_then(Value::as_str);
    if is_forwarded {
        Err(denial("forwarded_twice"))
    } else if there.is_some_and(|there| !profile.allows_action(there)) {
        Err(denial("not_allowed_there"))
    } else {
        Ok(())
    }
}

fn denial(reason: &'static str) -> Denial {
    Denial {
        gate: "action",
        reason,
    }
}
