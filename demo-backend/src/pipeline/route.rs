//! Step 1: which way an action goes.

use observed_runtime::observed;

use crate::outcome::PipelineError;
use crate::registry::Action;

/// All actions of this service run in its own process.
#[observed(name = "route_action", scope = "pipeline", err = error.code(), attrs(action = public_static(action.name)))]
pub(super) fn route_action(action: &Action) -> Result<(), PipelineError> {
    if action.executor_id.is_empty() {
        Err(PipelineError::NoRoute)
    } else {
        Ok(())
    }
}
