//! Step 3: the payload has what its action needs.

use observed_runtime::observed;
use serde_json::Value;

use crate::outcome::PipelineError;
use crate::registry::Action;

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
