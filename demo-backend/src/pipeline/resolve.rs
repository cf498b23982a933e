//! Step 4: the executor that the registry names.

use std::sync::Arc;

use observed_runtime::observed;

use crate::executors::Executor;
use crate::outcome::PipelineError;
use crate::registry::Action;
use crate::state::App;

#[observed(name = "resolve_executor", scope = "pipeline", err = error.code(), attrs(executor_id = public_static(action.executor_id)))]
pub(super) fn resolve_executor(
    app: &App,
    action: &Action,
) -> Result<Arc<dyn Executor>, PipelineError> {
    app.executors
        .get(action.executor_id)
        .ok_or(PipelineError::NoExecutor)
}
