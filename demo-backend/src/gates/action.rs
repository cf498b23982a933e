//! The gate of the action: in the registry and the profile's, with every action that its payload leads to.

use std::num::NonZeroU32;

use observed_runtime::observed;
use serde_json::Value;

use crate::executors::{nested, remote};
use crate::limits::Limits;
use crate::outcome::Denial;
use crate::registry::{self, Action};
use crate::request::Call;
use crate::rules::Profile;

/// Checks that the action is in the registry and the profile's, and so is every action that its payload asks for, at any
/// depth and on any service: the service behind acts for this one, and knows nothing of the profile. Returns the action,
/// and how many there are in all.
#[observed(name = "gate_action", scope = "gates", attrs(gate = "action"))]
pub(super) fn gate_action(
    profile: &Profile,
    limits: Limits,
    call: &Call,
) -> Result<(&'static Action, NonZeroU32), Denial> {
    let request = &call.request;
    let asked = Asked {
        depth: 1,
        is_forwarded: call.is_forwarded,
        not_allowed: "not_allowed",
    };
    let mut walk = Walk {
        profile,
        limits,
        actions: 0,
    };
    let action = walk.visit(&request.action, &request.payload, asked)?;
    let actions = u32::try_from(walk.actions).unwrap_or(u32::MAX);
    Ok((action, NonZeroU32::new(actions).unwrap_or(NonZeroU32::MIN)))
}

/// A walk through the actions of one request.
struct Walk<'a> {
    profile: &'a Profile,
    limits: Limits,
    /// The number of actions so far.
    actions: usize,
}

/// The place of an action in its request.
#[derive(Clone, Copy)]
struct Asked {
    depth: usize,
    /// Whether another service runs it, which forwards nothing further.
    is_forwarded: bool,
    /// The reason of a denial here.
    not_allowed: &'static str,
}

impl Walk<'_> {
    fn visit(
        &mut self,
        name: &str,
        payload: &Value,
        asked: Asked,
    ) -> Result<&'static Action, Denial> {
        self.actions += 1;
        if self.actions > self.limits.nested_actions {
            return Err(denial("too_many_actions"));
        }
        if asked.depth > self.limits.nested_depth {
            return Err(denial("nested_too_deeply"));
        }
        // Of an action that is not known here nobody can say what it leads to, whoever would run it.
        let action = registry::action(name).ok_or(denial("unknown"))?;
        if !self.profile.allows_action(action.name) {
            return Err(denial(asked.not_allowed));
        }
        let forwards = action.executor_id == remote::ID;
        if forwards && asked.is_forwarded {
            return Err(denial("forwarded_twice"));
        }
        let inside = Asked {
            depth: asked.depth + 1,
            is_forwarded: asked.is_forwarded || forwards,
            not_allowed: if asked.is_forwarded || forwards {
                "not_allowed_there"
            } else {
                "step_not_allowed"
            },
        };
        for request in nested::requests(action, payload) {
            // What names no action is for its executor to refuse.
            if let Some(name) = request.get("action").and_then(Value::as_str) {
                let payload = request.get("payload").unwrap_or(&Value::Null);
                self.visit(name, payload, inside)?;
            }
        }
        Ok(action)
    }
}

fn denial(reason: &'static str) -> Denial {
    Denial::new("action", reason)
}

#[cfg(test)]
mod tests;
