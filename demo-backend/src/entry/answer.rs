//! The outcome of a request as a client sees it: a status, a body and headers.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use observed_runtime::context::TraceId;
use serde_json::{Value, json};

use super::envelope::{Counted, InTrace};
use super::error::{ApiError, status_of_denial};
use crate::outcome::{Answer, Denial, PipelineError};

const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Returns the status and the body of an answer.
#[must_use]
pub fn written(trace_id: TraceId, answer: &Result<Answer, PipelineError>) -> (StatusCode, Value) {
    let trace_id = trace_id.to_string();
    match answer {
        Ok(Answer::Done(result)) => {
            let body = json!({ "trace_id": trace_id, "status": "ok", "result": result });
            (StatusCode::OK, body)
        }
        Ok(Answer::Denied(denial)) => {
            let Denial { gate, reason, .. } = denial;
            let body =
                json!({ "trace_id": trace_id, "status": "denied", "gate": gate, "reason": reason });
            (status_of_denial(*denial), body)
        }
        Ok(Answer::Replayed(stored)) => {
            let status = StatusCode::from_u16(stored.status);
            (status.unwrap_or(StatusCode::OK), stored.body.clone())
        }
        Err(error) => {
            let (status, mut body) = ApiError::from(error.clone()).answer();
            body["trace_id"] = trace_id.into();
            (status, body)
        }
    }
}

/// Makes the HTTP response of an answer.
pub fn respond(trace_id: TraceId, answer: &Result<Answer, PipelineError>) -> Response {
    let (status, body) = written(trace_id, answer);
    let mut response = (status, Json(body)).into_response();
    response.extensions_mut().insert(InTrace(trace_id));
    if matches!(answer, Ok(Answer::Denied(denial)) if denial.gate == "caller") {
        response.extensions_mut().insert(Counted);
    }
    let headers = response.headers_mut();
    if let Ok(Answer::Denied(Denial {
        retry_after: Some(wait),
        ..
    })) = answer
    {
        let seconds = wait.as_millis().div_ceil(1_000) as u64;
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if matches!(answer, Ok(Answer::Replayed(_))) {
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}
