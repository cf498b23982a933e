//! `remote_executor_v1`: forwards to another service of this kind, so that one trace spans two processes.

use observed_runtime::{observed, observed_record};
use reqwest::{Client, Response};
use serde_json::{Value, json};

use super::{Executor, ExecutorError, Job, outgoing};
use crate::outcome::Reason;

/// Its identifier.
pub const ID: &str = "remote_executor_v1";
/// The header of a request that was forwarded: it is not forwarded again.
pub const FORWARDED: &str = "x-demo-forwarded";

/// The answer where there is no other service.
const NO_REMOTE: &str =
    "there is no other service to forward to: start this one with --remote-url or DEMO_REMOTE_URL";

/// The other service.
#[derive(Clone, Debug)]
pub struct Remote {
    base_url: Option<String>,
    api_key: String,
    client: Client,
}

impl Remote {
    /// Makes a client of the service at `base_url`; without one every action fails.
    #[must_use]
    pub fn at(base_url: Option<&str>, api_key: &str, client: Client) -> Self {
        Self {
            base_url: base_url.map(|url| url.trim_end_matches('/').to_owned()),
            api_key: api_key.to_owned(),
            client,
        }
    }

    #[observed(name = "remote_call", scope = "executors", kind = client, err, late(http.response.status_code: u16))]
    async fn call(&self, url: &str, job: &Job) -> Result<Value, ExecutorError> {
        let body = json!({
            "action": job.payload.get("action"),
            "context_id": job.context_id,
            "payload": job.payload.get("payload").unwrap_or(&json!({})),
        });
        let sent = outgoing::post(&self.client, url, job.left())
            .header(FORWARDED, "1")
            .header("x-api-key", &self.api_key)
            .json(&body)
            .send();
        let answer = sent
            .await
            .map_err(|_| ExecutorError::says("the other service did not answer"))?;
        observed_record!(http.response.status_code = answer.status().as_u16());
        read(answer).await
    }
}

/// Returns the result of the other service's answer.
async fn read(answer: Response) -> Result<Value, ExecutorError> {
    let status = answer.status();
    if !status.is_success() {
        return Err(Reason::Refused(status.as_u16()).into());
    }
    let body = outgoing::read::<Value>(answer).await;
    let body = body
        .map_err(|_| ExecutorError::says("the other service answered something else than JSON"))?;
    Ok(body.get("result").cloned().unwrap_or_default())
}

impl Executor for Remote {
    fn id(&self) -> &'static str {
        ID
    }

    #[observed(
        name = "remote_executor_v1",
        scope = "executors",
        err,
        attrs(executor = "remote_executor_v1")
    )]
    fn execute(&self, job: &Job) -> Result<Value, ExecutorError> {
        let base = self.base_url.as_ref();
        let base = base.ok_or_else(|| ExecutorError::says(NO_REMOTE))?;
        let there = job.payload.get("action").and_then(Value::as_str);
        if there.is_none() {
            return Err(ExecutorError::says(
                "`action` must be the name of an action",
            ));
        }
        let url = format!("{base}/process");
        job.runtime.block_on(self.call(&url, job))
    }
}
