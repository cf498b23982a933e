//! `POST /process`: reads the request, makes the trace id, and starts the root span with it.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use observed_runtime::context::{Context, TraceId, propagation};
use observed_runtime::{Classified, observed};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::ApiError;
use crate::app::App;
use crate::gates::{self, Decision};
use crate::pipeline::{self, PipelineError};
use crate::registry;

/// The body of a request.
#[derive(Classified, Debug, Deserialize)]
pub struct ProcessRequest {
    /// What to do.
    pub action: String,
    /// On whose behalf.
    pub context_id: String,
    /// With what; whatever a client puts there.
    #[pii]
    pub payload: Value,
}

/// A request that could be read, with the key that came with it.
#[derive(Classified, Debug)]
pub struct Call {
    /// The body.
    pub request: ProcessRequest,
    /// The header `X-API-KEY`, if there was one.
    #[pii]
    pub api_key: Option<String>,
}

/// What became of a request that could be read.
#[derive(Debug)]
pub enum Answer {
    /// It ran.
    Done(Value),
    /// A gate denied it.
    Denied(&'static str),
}

#[derive(Serialize)]
struct Body<'a> {
    trace_id: String,
    status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gate: Option<&'static str>,
}

/// The handler. The trace id is the service's own, tracing on or off: from `traceparent`, else random.
pub async fn process(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let call = match read(&app, &headers, body) {
        Ok(call) => call,
        Err(error) => return error.into_response(),
    };
    let remote = propagation::extract(&headers);
    let parent = if remote.trace_id().is_valid() {
        remote
    } else {
        Context::new_trace(TraceId::random())
    };
    let trace_id = parent.trace_id();
    // A task of its own: a client that hangs up must not leave an action without its line in the audit log.
    let task = tokio::spawn(async move { process_action(&app, &parent, call).await });
    let answer = task.await.unwrap_or(Err(PipelineError::Internal));
    respond(trace_id, answer)
}

/// The root span of a request.
#[observed(
    name = "process_action",
    kind = server,
    err = error.code(),
    parent = parent,
    attrs(
        trace_id = public_display(parent.trace_id()),
        action = public_static(registry::action_label(&call.request.action)),
        context_id = public_static(registry::context_label(&call.request.context_id)),
    )
)]
async fn process_action(app: &App, parent: &Context, call: Call) -> Result<Answer, PipelineError> {
    let trace_id = parent.trace_id();
    match gates::evaluate(app, &call) {
        Decision::Deny(gate) => {
            pipeline::audit_denial(app, trace_id, &call.request, gate).await?;
            Ok(Answer::Denied(gate))
        }
        Decision::Allow(action) => {
            let result = pipeline::run_agentic_action(app, action, trace_id, call.request).await?;
            Ok(Answer::Done(result))
        }
    }
}

fn read(
    app: &App,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Call, ApiError> {
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge(app.limits.body_bytes),
        _ => ApiError::Malformed("the body could not be read".to_owned()),
    })?;
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let media_type = content_type
        .and_then(|value| value.split(';').next())
        .map(str::trim);
    if !media_type.is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/json")) {
        return Err(ApiError::ContentType);
    }
    // The parser's own message repeats what was sent only by position.
    let request = serde_json::from_slice(&body).map_err(|error| {
        ApiError::Malformed(format!(
            "expected {{\"action\": text, \"context_id\": text, \"payload\": any}}; the mistake is at line {}, \
             column {}",
            error.line(),
            error.column()
        ))
    })?;
    let api_key = headers
        .get("x-api-key")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    Ok(Call { request, api_key })
}

fn respond(trace_id: TraceId, answer: Result<Answer, PipelineError>) -> Response {
    let trace_id = trace_id.to_string();
    match answer {
        Ok(Answer::Done(result)) => {
            let body = Body {
                trace_id,
                status: "ok",
                result: Some(result),
                gate: None,
            };
            (StatusCode::OK, Json(body)).into_response()
        }
        Ok(Answer::Denied(gate)) => {
            let body = Body {
                trace_id,
                status: "denied",
                result: None,
                gate: Some(gate),
            };
            (StatusCode::FORBIDDEN, Json(body)).into_response()
        }
        Err(error) => {
            let (status, mut body) = ApiError::from(error).answer();
            body["trace_id"] = trace_id.into();
            (status, Json(body)).into_response()
        }
    }
}
