//! The executor: one try after the other while a failure may pass and the job has time left.

use std::time::Duration;

use observed_runtime::{observed, observed_record};
use serde_json::{Value, json};

use super::call::{CallError, Llm, MODELS, UNKNOWN_MODEL};
use super::validate::validate_response;
use crate::executors::{Executor, ExecutorError, Job};

/// The most tries of a call that fails in a way that may pass.
const TRIES: u64 = 3;
/// The pause before the second try; doubled for the third.
const PAUSE: Duration = Duration::from_millis(20);
/// The longest that one try may take, if the job has so much time left.
const TRY: Duration = Duration::from_secs(10);

impl Llm {
    #[observed(
        name = "llm_execution",
        scope = "executors",
        err = error.code(),
        attrs(gen_ai.request.model = public_static(model)),
        late(attempts: u64)
    )]
    async fn complete(&self, model: &'static str, job: &Job) -> Result<Value, CallError> {
        let prompt = job.payload.get("prompt").and_then(Value::as_str);
        let prompt = prompt.ok_or(CallError::NoPrompt)?;
        let (mut attempt, mut pause) = (1, PAUSE);
        loop {
            observed_record!(attempts = attempt);
            let timeout = job.left().min(TRY);
            match self.openai_api_call(model, prompt, timeout).await {
                Ok(answer) => return validate_response(&answer),
                Err(error) if error.may_pass() && attempt < TRIES && job.left() > pause => {
                    tokio::time::sleep(pause).await;
                    attempt += 1;
                    pause *= 2;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

impl Executor for Llm {
    fn id(&self) -> &'static str {
        "llm_executor_v1"
    }

    #[observed(
        name = "llm_executor_v1",
        scope = "executors",
        err,
        attrs(executor = "llm_executor_v1")
    )]
    fn execute(&self, job: &Job) -> Result<Value, ExecutorError> {
        let wanted = job.payload.get("model").and_then(Value::as_str);
        let model = match wanted {
            None => MODELS[0],
            Some(wanted) => MODELS
                .into_iter()
                .find(|model| *model == wanted)
                .ok_or_else(|| ExecutorError::says(UNKNOWN_MODEL))?,
        };
        let text = job.runtime.block_on(self.complete(model, job));
        match text {
            Ok(text) => Ok(json!({ "model": model, "text": text })),
            Err(error) => Err(ExecutorError::says(error.reason())),
        }
    }
}
