//! `llm_executor_v1`: asks a language model over the `OpenAI` chat-completions protocol.
//!
//! Spans carry what the `GenAI` semantic conventions name (model, token counts, finish reasons), and never the prompt or the
//! completion.

mod call;
pub mod server;
mod validate;

use std::time::Duration;

use observed_runtime::observed;
use reqwest::Client;
use serde_json::{Value, json};

use super::{Executor, ExecutorError, Job};
use call::CallError;

/// How often a call is tried that failed in a way that may pass.
const TRIES: u64 = 3;
/// Before the second try; doubled for the third.
const PAUSE: Duration = Duration::from_millis(20);
/// The longest that one try may take, if the job has so much time left.
const TRY: Duration = Duration::from_secs(10);

/// The models that a client may name; spans carry these words and no others.
const MODELS: [&str; 4] = ["demo-1", "demo-slow", "demo-fails", "demo-nonsense"];

/// The service that completes.
#[derive(Clone, Debug)]
pub struct Llm {
    base_url: String,
    key: String,
    client: Client,
}

impl Llm {
    /// The completion service at `base_url`, such as `http://127.0.0.1:9000`.
    #[must_use]
    pub fn at(base_url: &str, key: &str, client: Client) -> Self {
        Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            key: key.to_owned(),
            client,
        }
    }

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
            attempts.set(attempt);
            let timeout = job.left().min(TRY);
            match self.openai_api_call(model, prompt, timeout).await {
                Ok(answer) => return validate::validate_response(&answer),
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
                .ok_or_else(|| ExecutorError(format!("`model` is one of {}", MODELS.join(", "))))?,
        };
        let text = job.runtime.block_on(self.complete(model, job));
        match text {
            Ok(text) => Ok(json!({ "model": model, "text": text })),
            Err(error) => Err(ExecutorError(error.to_string())),
        }
    }
}
