//! The agentic pipeline: seven steps from an allowed request to an audited result.

mod audit_result;
mod digests;
mod execute;
mod limits;
mod resolve;
mod route;
mod validate;

use observed_runtime::context::TraceId;
use observed_runtime::observed;
use serde_json::Value;

pub use audit_result::audit_denial;
use digests::Digests;

use crate::audit::Entry;
use crate::outcome::PipelineError;
use crate::registry::{self, Action};
use crate::request::ProcessRequest;
use crate::state::App;

/// Runs an allowed request; its outcome is audited, failure too.
///
/// # Errors
/// When a step refuses the request, the executor fails or does not finish in time, or the audit log cannot be
/// written: then the client must not believe that the action was recorded.
#[observed(
    name = "agentic_action",
    scope = "pipeline",
    err = error.code(),
    attrs(executor_id = public_static(action.executor_id), executor_version = action.executor_version)
)]
pub async fn run_agentic_action(
    app: &App,
    action: &'static Action,
    #[pii] profile: &str,
    trace_id: TraceId,
    request: ProcessRequest,
) -> Result<Value, PipelineError> {
    let routed = route::route_action(action);
    let digest = digests::of_input(&request.payload);
    let outcome = match routed {
        Ok(()) => run_steps(app, action, &request).await,
        Err(error) => Err(error),
    };
    let digests = Digests {
        input: digest,
        output: outcome.as_ref().ok().map(digests::of),
    };
    let entry = Entry::new(trace_id, profile, &request);
    audit_result::audit_result(app, entry, digests, outcome.as_ref().err()).await?;
    outcome
}

async fn run_steps(
    app: &App,
    action: &'static Action,
    request: &ProcessRequest,
) -> Result<Value, PipelineError> {
    validate::validate_action(action, &request.payload)?;
    let executor = resolve::resolve_executor(app, action)?;
    limits::enforce_limits(app.limits, &request.payload)?;
    let context_id = registry::context_label(&request.context_id);
    execute::execute_action(app, executor, context_id, request.payload.clone()).await
}
