//! Why the pipeline gave no result.

use axum::http::StatusCode;

/// Why the pipeline gave no result; the text never repeats the payload.
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
    #[error("the executor failed")]
    ExecutorFailed,
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
    /// The audit log could not be written.
    #[error("the result could not be audited")]
    NotAudited,
}

impl PipelineError {
    /// The code of the answer, the audit log and the span.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.parts().1
    }

    /// The status and the code of the answer.
    #[must_use]
    pub fn parts(&self) -> (StatusCode, &'static str) {
        match self {
            PipelineError::MissingField(_) => (StatusCode::UNPROCESSABLE_ENTITY, "missing_field"),
            PipelineError::PayloadTooLarge(_) => {
                (StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large")
            }
            PipelineError::PayloadTooDeep(_) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "payload_too_deep")
            }
            PipelineError::NoRoute => (StatusCode::INTERNAL_SERVER_ERROR, "no_route"),
            PipelineError::NoExecutor => (StatusCode::INTERNAL_SERVER_ERROR, "no_executor"),
            PipelineError::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            PipelineError::ExecutorFailed => (StatusCode::BAD_GATEWAY, "executor_failed"),
            PipelineError::TimedOut(_) => (StatusCode::GATEWAY_TIMEOUT, "timed_out"),
            PipelineError::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
            PipelineError::Storage => (StatusCode::SERVICE_UNAVAILABLE, "storage"),
            PipelineError::InProgress => (StatusCode::CONFLICT, "in_progress"),
            PipelineError::Interrupted => (StatusCode::CONFLICT, "interrupted"),
            PipelineError::KeyReused => (StatusCode::UNPROCESSABLE_ENTITY, "key_reused"),
            PipelineError::NotAudited => (StatusCode::INTERNAL_SERVER_ERROR, "not_audited"),
        }
    }
}
