//! `composite_executor_v1`: runs several actions, one after the other or at the same time.

use observed_runtime::{context, observed, observed_record};
use serde_json::{Value, json};

use super::{Executor, ExecutorError, Job};
use crate::outcome::Reason;
use crate::registry::{self, Action};

/// Its identifier.
pub(super) const ID: &str = "composite_executor_v1";
/// The most actions that one request may combine.
const MOST_STEPS: usize = 8;
const EXPECTED: &str = "`steps` must be a list of 1 to 8 steps";

#[derive(Debug)]
pub(super) struct CompositeExecutor;

/// Returns the steps that a payload combines, as the client wrote them.
pub(super) fn steps(payload: &Value) -> &[Value] {
    let steps = payload.get("steps").and_then(Value::as_array);
    steps.map_or(&[], Vec::as_slice)
}

/// Returns the action of a step, if it names one that exists.
fn action_of(step: &Value) -> Option<&'static Action> {
    registry::action(step.get("action")?.as_str()?)
}

impl Executor for CompositeExecutor {
    fn id(&self) -> &'static str {
        ID
    }

    #[observed(
        name = "composite_executor_v1",
        scope = "executors",
        err,
        attrs(executor = "composite_executor_v1"),
        late(steps: u64, parallel: bool)
    )]
    fn execute(&self, job: &Job) -> Result<Value, ExecutorError> {
        let wanted = job.payload.get("steps").and_then(Value::as_array);
        let wanted = wanted.ok_or_else(|| ExecutorError::says(EXPECTED))?;
        if wanted.is_empty() || wanted.len() > MOST_STEPS {
            return Err(ExecutorError::says(EXPECTED));
        }
        let is_parallel = job.payload.get("mode").and_then(Value::as_str) == Some("parallel");
        observed_record!(steps = wanted.len() as u64, parallel = is_parallel);
        let results = if is_parallel {
            at_the_same_time(job, wanted)
        } else {
            // The first failure ends it.
            wanted.iter().map(|step| run(job, step)).collect()
        };
        Ok(json!({ "steps": results? }))
    }
}

/// Runs each step on a thread of its own; the context goes with it.
fn at_the_same_time(job: &Job, steps: &[Value]) -> Result<Vec<Value>, ExecutorError> {
    std::thread::scope(|scope| {
        let started: Vec<_> = steps
            .iter()
            .map(|step| scope.spawn(context::wrap(move || run(job, step))))
            .collect();
        started
            .into_iter()
            .map(|thread| {
                let ended = thread.join();
                ended.unwrap_or_else(|_| Err(ExecutorError::says("a step panicked")))
            })
            .collect()
    })
}

/// Runs one step: another action with a payload of its own.
fn run(job: &Job, step: &Value) -> Result<Value, ExecutorError> {
    if job.is_cancelled() {
        return Err(ExecutorError::says("nobody waits any more"));
    }
    let unknown = || ExecutorError::says("a step must be {\"action\": text, \"payload\": object}");
    let action = action_of(step).ok_or_else(unknown)?;
    if action.executor_id == ID {
        return Err(ExecutorError::says("a step must not be `combine` itself"));
    }
    let payload = step.get("payload").cloned().unwrap_or_else(|| json!({}));
    if !payload.is_object() {
        return Err(unknown());
    }
    let lacks = |field: &&'static str| payload.get(field).is_none();
    if let Some(field) = action.required_field.filter(lacks) {
        return Err(Reason::StepLacks(field).into());
    }
    let executor = job.executors.get(action.executor_id);
    executor
        .ok_or_else(unknown)?
        .execute(&job.with_payload(payload))
}
