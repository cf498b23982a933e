//! `slow_executor_v1`: takes its time.

use std::time::{Duration, Instant};

use observed_runtime::observed;
use serde_json::{Value, json};

use super::{Executor, ExecutorError, Job};

/// The longest time that a payload may ask for, so that no thread is held for ever.
const LONGEST: Duration = Duration::from_secs(10);

/// The interval at which it looks whether anybody still waits.
const STEP: Duration = Duration::from_millis(5);

#[derive(Debug)]
pub(super) struct SlowExecutor;

impl Executor for SlowExecutor {
    fn id(&self) -> &'static str {
        "slow_executor_v1"
    }

    #[observed(
        name = "slow_executor_v1",
        scope = "executors",
        err,
        attrs(executor = "slow_executor_v1")
    )]
    fn execute(&self, job: &Job) -> Result<Value, ExecutorError> {
        let asked = job
            .payload
            .get("milliseconds")
            .and_then(Value::as_u64)
            .unwrap_or(100);
        let slept = Duration::from_millis(asked).min(LONGEST);
        let ends = Instant::now() + slept;
        while Instant::now() < ends {
            if job.is_cancelled() {
                return Err(ExecutorError::says("nobody waits any more"));
            }
            let left = ends.saturating_duration_since(Instant::now());
            std::thread::sleep(left.min(STEP));
        }
        Ok(json!({ "slept_ms": slept.as_millis() as u64 }))
    }
}
