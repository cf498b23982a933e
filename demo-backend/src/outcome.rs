//! The outcome of a request that could be read: an answer, a denial, or an error.
//!
//! Nothing here knows HTTP: `entry/error.rs` gives each denial and each error its status.

use std::time::Duration;

use serde_json::Value;

use crate::store::idempotency::StoredAnswer;

/// The answer to a request that could be read.
#[derive(Debug)]
pub enum Answer {
    /// It ran.
    Done(Value),
    /// A gate denied it.
    Denied(Denial),
    /// It had been answered before.
    Replayed(StoredAnswer),
}

/// A gate's "no", with its reason: texts of ours, never the client's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denial {
    /// The gate.
    pub gate: &'static str,
    /// The reason's code.
    pub reason: &'static str,
    /// The time after which it may say yes, where there is one.
    pub retry_after: Option<Duration>,
}

impl Denial {
    /// Makes a denial that no waiting changes.
    #[must_use]
    pub fn new(gate: &'static str, reason: &'static str) -> Self {
        Self {
            gate,
            reason,
            retry_after: None,
        }
    }
}

/// A gate's reason not to let a request pass: a denial, or a failure of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It said no.
    Denied(Denial),
    /// It could not tell.
    Failed(PipelineError),
}

impl From<Denial> for Refusal {
    fn from(denial: Denial) -> Self {
        Refusal::Denied(denial)
    }
}

impl From<PipelineError> for Refusal {
    fn from(error: PipelineError) -> Self {
        Refusal::Failed(error)
    }
}

/// The reason of an executor's failure, in words of ours: there is no room in it for what a client sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// A reason without a part that varies.
    #[error("{0}")]
    Says(&'static str),
    /// A step's payload lacks a field.
    #[error("the payload of a step lacks the field `{0}`, which its action needs")]
    StepLacks(&'static str),
    /// The other service answered with an error.
    #[error("the other service refused the action with the status {0}")]
    Refused(u16),
}

/// The reason why there is no result; the text never repeats the payload.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PipelineError {
    /// The action has no route.
    #[error("the action has no route")]
    NoRoute,
    /// The payload lacks a field.
    #[error("the payload of this action needs the field `{0}`")]
    MissingField(&'static str),
    /// The registry names an executor that does not exist.
    #[error("the executor of this action is not available")]
    NoExecutor,
    /// The payload is too large.
    #[error("the payload is larger than {0} bytes")]
    PayloadTooLarge(usize),
    /// The payload is nested too deeply.
    #[error("the payload is nested deeper than {0} levels")]
    PayloadTooDeep(usize),
    /// Too many actions are running.
    #[error("too many actions are running; try again")]
    Busy,
    /// The executor failed.
    #[error("the executor failed: {0}")]
    ExecutorFailed(Reason),
    /// The executor did not finish in time.
    #[error("the executor did not finish within {0} ms")]
    TimedOut(u128),
    /// Something panicked.
    #[error("the request could not be processed")]
    Internal,
    /// The database could not be read or written.
    #[error("the service's database failed")]
    Storage,
    /// A request with this idempotency key is running.
    #[error("a request with this Idempotency-Key is running; try again")]
    InProgress,
    /// A request with this idempotency key was running when the service ended.
    #[error(
        "a request with this Idempotency-Key was interrupted; the audit log says whether it ran, a new key runs it"
    )]
    Interrupted,
    /// This idempotency key was used for another request.
    #[error("this Idempotency-Key was used for another request; take a new one")]
    KeyReused,
    /// The audit log has no room, so nothing was run.
    #[error("the audit log takes no line, so nothing was run; try again later")]
    NotAudited,
    /// The audit log could not be written although it had room.
    #[error("the action ran, and its line could not be written to the audit log")]
    AuditLost,
}

impl PipelineError {
    /// Returns the code of the answer, the audit log and the span.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            PipelineError::NoRoute => "no_route",
            PipelineError::MissingField(_) => "missing_field",
            PipelineError::NoExecutor => "no_executor",
            PipelineError::PayloadTooLarge(_) => "payload_too_large",
            PipelineError::PayloadTooDeep(_) => "payload_too_deep",
            PipelineError::Busy => "busy",
            PipelineError::ExecutorFailed(_) => "executor_failed",
            PipelineError::TimedOut(_) => "timed_out",
            PipelineError::Internal => "internal",
            PipelineError::Storage => "storage",
            PipelineError::InProgress => "in_progress",
            PipelineError::Interrupted => "interrupted",
            PipelineError::KeyReused => "key_reused",
            PipelineError::NotAudited => "not_audited",
            PipelineError::AuditLost => "audit_lost",
        }
    }
}
