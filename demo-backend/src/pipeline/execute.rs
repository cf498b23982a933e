//! Step 6: the executor runs on the thread pool, with a deadline; the context crosses with it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use observed_runtime::{context, observed};
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::executors::{Executor, Executors, Job};
use crate::outcome::{PipelineError, Reason};

/// Runs an action within `timeout`.
///
/// At the deadline the job is cancelled and the request answered. An executor that does not look keeps its slot until it
/// ends: that bounds how many can hang.
#[observed(
    name = "execute_action",
    scope = "pipeline",
    err = error.code(),
    attrs(executor_id = public_static(executor.id()), timeout)
)]
pub(super) async fn execute_action(
    slots: &Arc<Semaphore>,
    executors: &Arc<Executors>,
    timeout: Duration,
    executor: Arc<dyn Executor>,
    context_id: &'static str,
    #[pii] payload: Value,
) -> Result<Value, PipelineError> {
    let slot = Arc::clone(slots)
        .try_acquire_owned()
        .map_err(|_| PipelineError::Busy)?;
    // However this ends: with an answer, at the deadline, or dropped.
    let cancelled = CancellationToken::new();
    let _cancel = cancelled.clone().drop_guard();
    let deadline = Instant::now() + timeout;
    let job = Job {
        payload,
        context_id,
        deadline,
        cancelled,
        executors: Arc::clone(executors),
        runtime: tokio::runtime::Handle::current(),
    };
    let running = tokio::task::spawn_blocking(context::wrap(move || {
        let _slot = slot;
        executor.execute(&job)
    }));
    match tokio::time::timeout(timeout, running).await {
        Ok(Ok(Ok(result))) => Ok(result),
        // It has seen the deadline before we did.
        Ok(Ok(Err(_))) if Instant::now() >= deadline => {
            Err(PipelineError::TimedOut(timeout.as_millis()))
        }
        Ok(Ok(Err(error))) => Err(PipelineError::ExecutorFailed(error.reason)),
        Ok(Err(_)) => Err(PipelineError::ExecutorFailed(Reason::Says("it panicked"))),
        Err(_) => Err(PipelineError::TimedOut(timeout.as_millis())),
    }
}
