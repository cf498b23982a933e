//! Steps 1 to 5: each looks at the action or its payload, in memory, before anything runs.

use std::sync::Arc;

use observed_runtime::observed;
use serde_json::Value;

use crate::digest;
use crate::executors::{Executor, Executors};
use crate::limits::Limits;
use crate::outcome::PipelineError;
use crate::registry::Action;

/// Routes an action (step 1): all actions of this service run in its own process.
#[observed(name = "route_action", scope = "pipeline", err = error.code(), attrs(action = public_static(action.name)))]
pub(super) fn route_action(action: &Action) -> Result<(), PipelineError> {
    if action.executor_id.is_empty() {
        Err(PipelineError::NoRoute)
    } else {
        Ok(())
    }
}

/// Computes the digest of a request's payload (step 2), which the audit log keeps instead of the data.
#[observed(name = "compute_digests", scope = "pipeline")]
pub(super) fn digest_of_input(#[pii] payload: &Value) -> String {
    digest_of(payload)
}

/// Computes the digest of a value: `serde_json` keeps object keys sorted, so equal values have equal text.
pub(super) fn digest_of(value: &Value) -> String {
    digest::of(value.to_string().as_bytes())
}

/// Checks that the payload has what its action needs (step 3).
#[observed(name = "validate_action", scope = "pipeline", err = error.code(), attrs(action = public_static(action.name)))]
pub(super) fn validate_action(
    action: &Action,
    #[pii] payload: &Value,
) -> Result<(), PipelineError> {
    match action.required_field {
        Some(field) if payload.get(field).is_none() => Err(PipelineError::MissingField(field)),
        _ => Ok(()),
    }
}

/// Finds the executor that the registry names (step 4).
#[observed(name = "resolve_executor", scope = "pipeline", err = error.code(), attrs(executor_id = public_static(action.executor_id)))]
pub(super) fn resolve_executor(
    executors: &Executors,
    action: &Action,
) -> Result<Arc<dyn Executor>, PipelineError> {
    executors
        .get(action.executor_id)
        .ok_or(PipelineError::NoExecutor)
}

/// Checks that the payload stays within the limits (step 5).
#[observed(name = "enforce_limits", scope = "pipeline", err = error.code(), attrs(limit.payload_bytes = limits.payload_bytes))]
pub(super) fn enforce_limits(limits: Limits, #[pii] payload: &Value) -> Result<(), PipelineError> {
    if payload.to_string().len() > limits.payload_bytes {
        return Err(PipelineError::PayloadTooLarge(limits.payload_bytes));
    }
    if depth(payload) > limits.payload_depth {
        return Err(PipelineError::PayloadTooDeep(limits.payload_depth));
    }
    Ok(())
}

/// Counts the levels of nesting; a parsed value has at most the parser's 128, so the recursion is bounded.
fn depth(value: &Value) -> usize {
    let deepest = match value {
        Value::Array(items) => items.iter().map(depth).max(),
        Value::Object(fields) => fields.values().map(depth).max(),
        _ => return 0,
    };
    1 + deepest.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn depth_counts_containers() {
        assert_eq!(depth(&json!(1)), 0);
        assert_eq!(depth(&json!({})), 1);
        assert_eq!(depth(&json!({"a": [[1]], "b": 2})), 3);
    }
}
