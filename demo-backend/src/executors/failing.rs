//! `failing_executor_v1`: fails, with an error text that repeats the payload as careless code does.

use observed_runtime::observed;
use serde_json::Value;

use super::{Executor, ExecutorError, Job};
use crate::outcome::Reason;

#[derive(Debug)]
pub(super) struct FailingExecutor;

impl Executor for FailingExecutor {
    fn id(&self) -> &'static str {
        "failing_executor_v1"
    }

    #[observed(
        name = "failing_executor_v1",
        scope = "executors",
        err,
        attrs(executor = "failing_executor_v1")
    )]
    fn execute(&self, job: &Job) -> Result<Value, ExecutorError> {
        Err(ExecutorError {
            reason: Reason::Says("this action always fails"),
            detail: format!("cannot process {}", job.payload),
        })
    }
}
