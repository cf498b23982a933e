//! `remote_executor_v1`: forwards to another service of this kind, so that one trace spans two processes.

use observed_runtime::{observed, observed_record};
use reqwest::{Client, Response};
use serde_json::{Value, json};

use super::{Executor, ExecutorError, Job, outgoing};

/// Its identifier.
pub const ID: &str = "remote_executor_v1";
/// The header of a request that was forwarded: it is not forwarded again.
pub const FORWARDED: &str = "x-demo-forwarded";

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
            "payload": job.payload.get("payload"),
        });
        let sent = outgoing::post(&self.client, url, job.left())
            .header(FORWARDED, "1")
            .header("x-api-key", &self.api_key)
            .json(&body)
            .send();
        let answer = sent.await.map_err(|_| failed("did not answer"))?;
        observed_record!(http.response.status_code = answer.status().as_u16());
        read(answer).await
    }
}

/// Returns the result of the other service's answer.
async fn read(answer: Response) -> Result<Value, ExecutorError> {
    let status = answer.status();
    let body = outgoing::read::<Value>(answer).await;
    let body = body.map_err(|_| failed("answered no JSON"))?;
    if !status.is_success() {
        return Err(failed("refused"));
    }
    Ok(body.get("result").cloned().unwrap_or_default())
}

fn failed(how: &str) -> ExecutorError {
    ExecutorError(format!("the other service {how}"))
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
        let base = base.ok_or_else(|| failed("is not configured: set DEMO_REMOTE_URL"))?;
        let url = format!("{base}/process");
        job.runtime.block_on(self.call(&url, job))
    }
}
