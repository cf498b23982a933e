//! `composite_executor_v1`: runs several actions, one after the other or at the same time.

use observed_runtime::{context, observed, observed_record};
use serde_json::{Value, json};

use super::{Executor, ExecutorError, Job};
use crate::registry::{self, Action};

/// Its identifier.
pub(super) const ID: &str = "composite_executor_v1";
/// The most actions that one request may combine.
const MOST_STEPS: usize = 8;

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
        let wanted = wanted.ok_or_else(|| ExecutorError("`steps` is not a list".to_owned()))?;
        if wanted.is_empty() || wanted.len() > MOST_STEPS {
            return Err(ExecutorError(format!("`steps` are 1 to {MOST_STEPS}")));
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
                ended.unwrap_or_else(|_| Err(ExecutorError("a step panicked".to_owned())))
            })
            .collect()
    })
}

/// Runs one step: another action with a payload of its own.
fn run(job: &Job, step: &Value) -> Result<Value, ExecutorError> {
    if job.is_cancelled() {
        return Err(ExecutorError("nobody waits any more".to_owned()));
    }
    let unknown = || ExecutorError("a step is {\"action\": text, \"payload\": object}".to_owned());
    let action = action_of(step).ok_or_else(unknown)?;
    if action.executor_id == ID {
        return Err(ExecutorError(
            "a step cannot be composite itself".to_owned(),
        ));
    }
    let payload = step.get("payload").cloned().unwrap_or_else(|| json!({}));
    let lacks = |field| payload.get(field).is_none();
    if !payload.is_object() || action.required_field.is_some_and(lacks) {
        return Err(unknown());
    }
    let executor = job.executors.get(action.executor_id);
    executor
        .ok_or_else(unknown)?
        .execute(&job.with_payload(payload))
}
