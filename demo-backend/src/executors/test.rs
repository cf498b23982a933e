//! `test_executor_v1`: counts what is in a text.

use observed_runtime::observed;
use serde_json::{Value, json};

use super::{Executor, ExecutorError, Job};

#[derive(Debug)]
pub(super) struct TestExecutor;

impl Executor for TestExecutor {
    fn id(&self) -> &'static str {
        "test_executor_v1"
    }

    #[observed(
        name = "test_executor_v1",
        scope = "executors",
        err,
        attrs(executor = "test_executor_v1")
    )]
    fn execute(&self, job: &Job) -> Result<Value, ExecutorError> {
        let text = job
            .payload
            .get("text")
            .and_then(Value::as_str)
            .ok_or_else(|| ExecutorError::says("`text` must be a text"))?;
        Ok(json!({
            "words": text.split_whitespace().count(),
            "characters": text.chars().count(),
        }))
    }
}
