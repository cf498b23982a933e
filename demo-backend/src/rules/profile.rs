//! A profile: the actions, contexts, payloads and times of the holder of a key.

use std::num::NonZeroU32;

use serde::Deserialize;
use serde_json::Value;

use super::window::Window;

/// The permissions of the holder of a key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// A name for log lines and counters; never the key.
    pub name: String,
    pub(super) api_key: String,
    /// Actions that it may ask for; all where it is left out.
    pub(super) actions: Option<Vec<String>>,
    /// Contexts that it may name; all where it is left out.
    pub(super) contexts: Option<Vec<String>>,
    /// Actions in a minute, those in other actions too; no limit where it is left out.
    pub rate_per_minute: Option<NonZeroU32>,
    /// The policy of its payloads.
    #[serde(default)]
    pub(super) payload: PayloadPolicy,
    /// The window in which it may ask; always where it is left out.
    pub window: Option<Window>,
}

/// The size that payloads keep to, and the fields that they must not have.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PayloadPolicy {
    /// Bytes of its JSON; the service's own limit binds too.
    max_bytes: Option<usize>,
    /// Fields, at any depth.
    #[serde(default)]
    forbidden_fields: Vec<String>,
}

impl Profile {
    /// Returns whether it may ask for this action.
    #[must_use]
    pub fn allows_action(&self, action: &str) -> bool {
        allows(self.actions.as_ref(), action)
    }

    /// Returns whether it may name this context.
    #[must_use]
    pub fn allows_context(&self, context: &str) -> bool {
        allows(self.contexts.as_ref(), context)
    }

    /// Returns whether a payload keeps to its policy.
    #[must_use]
    pub fn allows_payload(&self, payload: &Value) -> bool {
        let policy = &self.payload;
        policy
            .max_bytes
            .is_none_or(|most| payload.to_string().len() <= most)
            && !has_field(payload, &policy.forbidden_fields)
    }
}

fn allows(list: Option<&Vec<String>>, item: &str) -> bool {
    list.is_none_or(|list| list.iter().any(|allowed| allowed == item))
}

/// Looks for a field at any depth; a parsed value has at most the parser's 128 levels, so the recursion is bounded.
fn has_field(value: &Value, names: &[String]) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| has_field(item, names)),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| names.contains(name) || has_field(value, names)),
        _ => false,
    }
}
