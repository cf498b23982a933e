//! Step 5: the payload stays within the limits.

use observed_runtime::observed;
use serde_json::Value;

use crate::limits::Limits;
use crate::outcome::PipelineError;

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

/// The levels of nesting; a parsed value has at most the parser's 128, so the recursion is bounded.
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
