//! `slow_executor_v1`: takes its time.

use std::time::Duration;

use observed_runtime::observed;
use serde_json::{Value, json};

use super::{Executor, ExecutorError};

/// The longest time that a payload may ask for, so that no thread is held for ever.
const LONGEST: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(super) struct SlowExecutor;

impl Executor for SlowExecutor {
    fn id(&self) -> &'static str {
        "slow_executor_v1"
    }

    #[observed(name = "slow_executor_v1", err, attrs(executor = "slow_executor_v1"))]
    fn execute(&self, #[pii] payload: &Value) -> Result<Value, ExecutorError> {
        let asked = payload
            .get("milliseconds")
            .and_then(Value::as_u64)
            .unwrap_or(100);
        let slept = Duration::from_millis(asked).min(LONGEST);
        std::thread::sleep(slept);
        Ok(json!({ "slept_ms": slept.as_millis() as u64 }))
    }
}
