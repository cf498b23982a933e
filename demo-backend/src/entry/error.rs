//! Errors as clients see them: a status and a JSON body, never the text of what they sent.
//!
//! The one place that gives an error or a denial its HTTP status; what ran is `200`, and what is replayed keeps its own.

use axum::Json;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::outcome::{Denial, PipelineError};

/// An error of a request, as its client sees it.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The body is not JSON by its content type.
    #[error("send the body as application/json")]
    ContentType,
    /// The body is not the JSON that `/process` takes.
    #[error("{0}")]
    Malformed(String),
    /// The body is larger than the limit.
    #[error("the body is larger than {0} bytes")]
    TooLarge(usize),
    /// The request took too long, the sending of its body included.
    #[error("the request took longer than {0} ms")]
    TimedOut(u128),
    /// The idempotency key is not one.
    #[error("Idempotency-Key is 1 to {0} letters, digits, dashes and underscores")]
    IdempotencyKey(usize),
    /// The admin key is missing or wrong.
    #[error("send the admin key as X-ADMIN-KEY, or as Authorization: Bearer")]
    AdminKey,
    /// No such path.
    #[error("no such path; GET /openapi.json lists them")]
    NotFound,
    /// No such method on this path.
    #[error("this path does not take this method")]
    MethodNotAllowed,
    /// The pipeline failed.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
}

#[derive(Serialize)]
struct Body {
    status: &'static str,
    error: &'static str,
    message: String,
}

impl ApiError {
    /// Makes the error of a body that could not be read, of which at most `most` bytes are.
    #[must_use]
    pub fn of_body(rejection: &BytesRejection, most: usize) -> Self {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge(most),
            _ => ApiError::Malformed("the body could not be read".to_owned()),
        }
    }

    fn parts(&self) -> (StatusCode, &'static str) {
        match self {
            ApiError::ContentType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "content_type"),
            ApiError::Malformed(_) => (StatusCode::BAD_REQUEST, "malformed"),
            ApiError::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            ApiError::TimedOut(_) => (StatusCode::REQUEST_TIMEOUT, "request_timed_out"),
            ApiError::IdempotencyKey(_) => (StatusCode::BAD_REQUEST, "idempotency_key"),
            ApiError::AdminKey => (StatusCode::UNAUTHORIZED, "admin_key"),
            ApiError::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            ApiError::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            ApiError::Pipeline(error) => (status_of_failure(error), error.code()),
        }
    }

    /// Returns the status and the body of the answer.
    #[must_use]
    pub fn answer(&self) -> (StatusCode, serde_json::Value) {
        let (status, error) = self.parts();
        let body = Body {
            status: "error",
            error,
            message: self.to_string(),
        };
        (status, serde_json::to_value(body).unwrap_or_default())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, body) = self.answer();
        (status, Json(body)).into_response()
    }
}

/// Returns the status of a request that a gate denied.
#[must_use]
pub fn status_of_denial(denial: Denial) -> StatusCode {
    match denial.gate {
        "rate_limit" => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::FORBIDDEN,
    }
}

fn status_of_failure(error: &PipelineError) -> StatusCode {
    match error {
        PipelineError::MissingField(_)
        | PipelineError::PayloadTooDeep(_)
        | PipelineError::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        PipelineError::PayloadTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
        PipelineError::InProgress | PipelineError::Interrupted => StatusCode::CONFLICT,
        PipelineError::Busy | PipelineError::Storage | PipelineError::NotAudited => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        PipelineError::ExecutorFailed(_) => StatusCode::BAD_GATEWAY,
        PipelineError::TimedOut(_) => StatusCode::GATEWAY_TIMEOUT,
        PipelineError::NoRoute
        | PipelineError::NoExecutor
        | PipelineError::Internal
        | PipelineError::AuditLost => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Answers a path that does not exist.
pub async fn not_found() -> ApiError {
    ApiError::NotFound
}

/// Answers a method that a path does not take.
pub async fn method_not_allowed() -> ApiError {
    ApiError::MethodNotAllowed
}
