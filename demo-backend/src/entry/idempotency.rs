//! Idempotency keys, before the pipeline: a request with a key runs once, however often it is sent.
//!
//! The key is claimed in the database first; only a new one reaches the pipeline. The answer is stored before its client
//! has it.

use observed_runtime::context::{self, TraceId};

use super::answer::written;
use crate::outcome::{Answer, PipelineError};
use crate::pipeline::Pipeline;
use crate::registry::Action;
use crate::request::Call;
use crate::store::idempotency::{Claim, Claimed};
use crate::store::{Store, StoreError};

/// Runs an allowed request, unless its key says that it was answered before or is running.
///
/// # Errors
/// As the pipeline, and when the key is in use, was used for another request, or the database fails.
pub(super) async fn run_once(
    store: &Store,
    pipeline: &Pipeline,
    action: &'static Action,
    profile: &str,
    trace_id: TraceId,
    call: Call,
) -> Result<Answer, PipelineError> {
    let Some(key) = call.idempotency_key else {
        let done = pipeline.run_agentic_action(action, profile, trace_id, call.request);
        return done.await.map(Answer::Done);
    };
    let (store, owner) = (store.clone(), profile.to_owned());
    let digest = call.body_sha256;
    let claiming = context::wrap(move || store.claim(&owner, &key, &digest));
    let claimed = match on_the_pool(claiming).await? {
        Claim::New(claimed) => claimed,
        Claim::Running => return Err(PipelineError::InProgress),
        Claim::Interrupted => return Err(PipelineError::Interrupted),
        Claim::Mismatch => return Err(PipelineError::KeyReused),
        Claim::Answered(answer) => return Ok(Answer::Replayed(answer)),
    };
    let done = pipeline
        .run_agentic_action(action, profile, trace_id, call.request)
        .await;
    store_answer(trace_id, claimed, done.map(Answer::Done)).await
}

/// Stores the answer, before the client has it.
async fn store_answer(
    trace_id: TraceId,
    claimed: Claimed,
    answer: Result<Answer, PipelineError>,
) -> Result<Answer, PipelineError> {
    match &answer {
        // Nothing has run.
        Err(PipelineError::Busy | PipelineError::NotAudited) => {
            on_the_pool(move || claimed.forget()).await?;
        }
        // Nobody knows what has: the key stays interrupted.
        Err(PipelineError::Internal | PipelineError::AuditLost) => {}
        _ => {
            let (status, body) = written(trace_id, &answer);
            let storing = context::wrap(move || claimed.store_answer(status.as_u16(), body));
            on_the_pool(storing).await?;
        }
    }
    answer
}

async fn on_the_pool<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, PipelineError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(error)) => {
            log::error!("{error}");
            Err(PipelineError::Storage)
        }
        Err(_) => Err(PipelineError::Storage),
    }
}
