//! The agentic pipeline: seven steps from an allowed request to an audited result.

mod audit_result;
mod execute;
mod steps;

use std::sync::Arc;

use observed_runtime::context::TraceId;
use observed_runtime::observed;
use serde_json::Value;
use tokio::sync::Semaphore;

pub use audit_result::audit_denial;
use audit_result::{Digests, audit_result};

use crate::audit::{AuditLog, Entry};
use crate::executors::Executors;
use crate::limits::Limits;
use crate::outcome::PipelineError;
use crate::registry::{self, Action};
use crate::request::ProcessRequest;

/// The pipeline, with what its steps need.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// The executors of all actions.
    pub executors: Arc<Executors>,
    /// One permit for each action that may run at once.
    pub slots: Arc<Semaphore>,
    /// The log of every request's outcome.
    pub audit: Arc<AuditLog>,
    /// The limits of payloads and actions, and of requests.
    pub limits: Limits,
}

impl Pipeline {
    /// Runs an allowed request; its outcome is audited, failure too.
    ///
    /// # Errors
    /// When the audit log has no room: then nothing was run. When a step refuses the request, or the executor fails or does
    /// not finish in time. When the line cannot be written all the same: the client must not believe that it was.
    #[observed(
        name = "agentic_action",
        scope = "pipeline",
        err = error.code(),
        attrs(
            trace_id = public_display(trace_id),
            action = public_static(action.name),
            executor_id = public_static(action.executor_id),
            executor_version = action.executor_version,
        )
    )]
    pub async fn run_agentic_action(
        &self,
        action: &'static Action,
        #[pii] profile: &str,
        trace_id: TraceId,
        request: ProcessRequest,
    ) -> Result<Value, PipelineError> {
        let place = audit_result::reserve(&self.audit).await?;
        let routed = steps::route_action(action);
        let digest = steps::digest_of_input(&request.payload);
        let outcome = match routed {
            Ok(()) => self.run_steps(action, &request).await,
            Err(error) => Err(error),
        };
        let digests = Digests {
            input: digest,
            output: outcome.as_ref().ok().map(steps::digest_of),
        };
        let entry = Entry::new(trace_id, profile, &request);
        audit_result(place, entry, digests, outcome.as_ref().err()).await?;
        outcome
    }

    async fn run_steps(
        &self,
        action: &'static Action,
        request: &ProcessRequest,
    ) -> Result<Value, PipelineError> {
        steps::validate_action(action, &request.payload)?;
        let executor = steps::resolve_executor(&self.executors, action)?;
        steps::enforce_limits(self.limits, &request.payload)?;
        execute::execute_action(
            &self.slots,
            &self.executors,
            self.limits.action_timeout,
            executor,
            registry::context_label(&request.context_id),
            request.payload.clone(),
        )
        .await
    }
}
