//! The completion service, and one call of its chat-completions endpoint.

use std::time::Duration;

use http::StatusCode;
use observed_runtime::{observed, observed_record};
use reqwest::Client;
use serde::Deserialize;
use serde_json::json;

use crate::executors::outgoing::{self, Unread};

/// The models that a client may name; spans carry these names and no others.
pub(super) const MODELS: [&str; 4] = ["demo-1", "demo-slow", "demo-fails", "demo-nonsense"];

/// The answer to a client that names another model.
pub(super) const UNKNOWN_MODEL: &str =
    "`model` must be one of demo-1, demo-slow, demo-fails, demo-nonsense";

/// The failure of a call; none of the texts repeats what was sent or received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub(super) enum CallError {
    NoPrompt,
    Timeout,
    Unavailable,
    Refused,
    Nonsense,
}

impl CallError {
    pub(super) fn reason(self) -> &'static str {
        match self {
            CallError::NoPrompt => "`prompt` must be a text",
            CallError::Timeout => "the completion service did not answer in time",
            CallError::Unavailable => "the completion service is not available",
            CallError::Refused => "the completion service refused the request",
            CallError::Nonsense => {
                "the completion service answered something else than a completion"
            }
        }
    }

    pub(super) fn code(self) -> &'static str {
        match self {
            CallError::NoPrompt => "no_prompt",
            CallError::Timeout => "timeout",
            CallError::Unavailable => "unavailable",
            CallError::Refused => "refused",
            CallError::Nonsense => "nonsense",
        }
    }

    /// Returns whether another try may end otherwise.
    pub(super) fn may_pass(self) -> bool {
        matches!(self, CallError::Unavailable)
    }
}

/// The protocol's answer, as far as it is used.
#[derive(Debug, Deserialize)]
pub(super) struct Completion {
    pub(super) model: String,
    pub(super) choices: Vec<Choice>,
    pub(super) usage: Option<Usage>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    pub(super) message: Message,
    pub(super) finish_reason: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Message {
    pub(super) content: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Usage {
    prompt_tokens: u64,
    completion_tokens: u64,
}

impl Usage {
    /// Returns whether these can be counts of tokens; a number of another service might be anything.
    fn is_plausible(&self) -> bool {
        const MOST: u64 = 10_000_000;
        self.prompt_tokens.max(self.completion_tokens) <= MOST
    }
}

/// The completion service.
#[derive(Clone, Debug)]
pub struct Llm {
    base_url: String,
    key: String,
    client: Client,
}

impl Llm {
    /// Makes a client of the service at `base_url`, such as `http://127.0.0.1:9000`.
    #[must_use]
    pub fn at(base_url: &str, key: &str, client: Client) -> Self {
        Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            key: key.to_owned(),
            client,
        }
    }

    #[observed(
        name = "openai_api_call",
        scope = "executors",
        kind = client,
        err = error.code(),
        attrs(
            gen_ai.operation.name = "chat",
            gen_ai.provider.name = "openai",
            gen_ai.request.model = public_static(model),
        ),
        late(
            http.response.status_code: u16,
            gen_ai.usage.input_tokens: u64,
            gen_ai.usage.output_tokens: u64,
        )
    )]
    pub(super) async fn openai_api_call(
        &self,
        model: &'static str,
        #[pii] prompt: &str,
        timeout: Duration,
    ) -> Result<Completion, CallError> {
        let body = json!({ "model": model, "messages": [{ "role": "user", "content": prompt }] });
        let url = format!("{}/v1/chat/completions", self.base_url);
        let request = outgoing::post(&self.client, &url, timeout);
        let answer = request.bearer_auth(&self.key).json(&body).send().await;
        let answer = answer.map_err(|error| failure(&error))?;
        observed_record!(http.response.status_code = answer.status().as_u16());
        check(answer.status())?;
        let completion: Completion =
            outgoing::read(answer)
                .await
                .map_err(|unread| match unread {
                    Unread::Transport(error) => failure(&error),
                    Unread::Nonsense => CallError::Nonsense,
                })?;
        if let Some(usage) = completion.usage.filter(Usage::is_plausible) {
            observed_record!(
                gen_ai.usage.input_tokens = usage.prompt_tokens,
                gen_ai.usage.output_tokens = usage.completion_tokens,
            );
        }
        Ok(completion)
    }
}

fn failure(error: &reqwest::Error) -> CallError {
    if error.is_timeout() {
        CallError::Timeout
    } else {
        CallError::Unavailable
    }
}

fn check(status: StatusCode) -> Result<(), CallError> {
    match status {
        status if status.is_success() => Ok(()),
        StatusCode::TOO_MANY_REQUESTS => Err(CallError::Unavailable),
        status if status.is_server_error() => Err(CallError::Unavailable),
        _ => Err(CallError::Refused),
    }
}
