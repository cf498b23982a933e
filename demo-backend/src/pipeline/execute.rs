//! Step 6: the executor runs on the thread pool, with a timeout; the context crosses with it.

use std::sync::Arc;

use observed_runtime::{context, observed};
use serde_json::Value;

use super::PipelineError;
use crate::app::App;
use crate::executors::Executor;

/// An executor that does not finish in time goes on without anybody waiting, and keeps its slot until it ends: that
/// bounds how many can hang.
#[observed(name = "execute_action", err = error.code(), attrs(timeout = app.limits.action_timeout))]
pub(super) async fn execute_action(
    app: &App,
    executor: Arc<dyn Executor>,
    #[pii] payload: Value,
) -> Result<Value, PipelineError> {
    let slot = Arc::clone(&app.slots)
        .try_acquire_owned()
        .map_err(|_| PipelineError::Busy)?;
    let timeout = app.limits.action_timeout;
    let running = tokio::task::spawn_blocking(context::wrap(move || {
        let _slot = slot;
        executor.execute(&payload)
    }));
    match tokio::time::timeout(timeout, running).await {
        Ok(Ok(Ok(result))) => Ok(result),
        Ok(Ok(Err(_)) | Err(_)) => Err(PipelineError::ExecutorFailed),
        Err(_) => Err(PipelineError::TimedOut(timeout.as_millis())),
    }
}
