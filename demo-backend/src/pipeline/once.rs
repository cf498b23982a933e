//! Before the pipeline: a request with an idempotency key runs once, however often it is sent.

use observed_runtime::context::{self, TraceId};

use super::{PipelineError, digests, run_agentic_action};
use crate::app::App;
use crate::entry::answer::{Answer, written};
use crate::entry::process::Call;
use crate::registry::Action;
use crate::store::{Claim, Claimed};

/// Runs an allowed request, unless its key says that it was answered before or is running.
///
/// # Errors
/// As the pipeline, and when the key is in use, was used for another request, or the database fails.
pub async fn run_once(
    app: &App,
    action: &'static Action,
    profile: &str,
    trace_id: TraceId,
    call: Call,
) -> Result<Answer, PipelineError> {
    let Some(key) = call.idempotency_key else {
        let done = run_agentic_action(app, action, profile, trace_id, call.request).await;
        return done.map(Answer::Done);
    };
    let (store, owner) = (app.store.clone(), profile.to_owned());
    let digest = digests::of(&serde_json::json!([
        call.request.action,
        call.request.context_id,
        call.request.payload
    ]));
    let claiming = context::wrap(move || store.claim(&owner, &key, &digest));
    let claimed = match on_the_pool(claiming).await? {
        Claim::New(claimed) => claimed,
        Claim::Running => return Err(PipelineError::InProgress),
        Claim::Mismatch => return Err(PipelineError::KeyReused),
        Claim::Answered(answer) => return Ok(Answer::Replayed(answer)),
    };
    let done = run_agentic_action(app, action, profile, trace_id, call.request).await;
    keep(trace_id, claimed, done.map(Answer::Done)).await
}

/// Keeps the answer, before the client has it. A failure of ours is not kept: the client may try again.
async fn keep(
    trace_id: TraceId,
    claimed: Claimed,
    answer: Result<Answer, PipelineError>,
) -> Result<Answer, PipelineError> {
    let (status, body) = written(trace_id, &answer);
    if status.is_server_error() {
        return answer;
    }
    let keeping = context::wrap(move || claimed.keep(status.as_u16(), &body));
    on_the_pool(keeping).await?;
    answer
}

async fn on_the_pool<T: Send + 'static, E: Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, PipelineError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(result)) => Ok(result),
        _ => Err(PipelineError::Storage),
    }
}
