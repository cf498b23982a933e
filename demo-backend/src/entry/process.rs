//! `POST /process`: reads the request, makes the trace id, and starts the root span with it.

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use observed_runtime::context::{Context, propagation};
use observed_runtime::observed;

use super::answer::respond;
use super::body::{mistake, object};
use super::error::ApiError;
use super::idempotency::run_once;
use crate::audit::Entry;
use crate::digest;
use crate::executors::remote;
use crate::gates::{self, Decision};
use crate::outcome::{Answer, PipelineError};
use crate::pipeline::audit_denial;
use crate::registry;
use crate::request::Call;
use crate::state::App;

/// The longest idempotency key.
const LONGEST_KEY: usize = 128;

/// Handles a request. The trace id is the service's own, tracing on or off: from `traceparent`, else random.
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
        Context::random_trace()
    };
    let trace_id = parent.trace_id();
    // A task of its own: a client that hangs up must not leave an action without its line in the audit log.
    let requests = app.requests.clone();
    let task = requests.spawn(async move { process_action(&app, &parent, call).await });
    let answer = task.await.unwrap_or(Err(PipelineError::Internal));
    respond(trace_id, &answer)
}

/// Processes a request in its root span.
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
    match gates::evaluate(&app.rules, &app.rates, &app.store, app.limits(), &call).await? {
        Decision::Deny(denial) => {
            let key = call.api_key.as_deref().unwrap_or_default();
            match app.rules.profile_of(key) {
                None => app.unknown_callers.count(),
                Some(profile) => {
                    let entry = Entry::new(trace_id, &profile.name, &call.request);
                    audit_denial(&app.pipeline.audit, entry, denial).await?;
                }
            }
            Ok(Answer::Denied(denial))
        }
        Decision::Allow(action, profile) => {
            let (store, pipeline) = (&app.store, &app.pipeline);
            run_once(store, pipeline, action, &profile.name, trace_id, call).await
        }
    }
}

fn read(
    app: &App,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Call, ApiError> {
    let body = body.map_err(|rejection| ApiError::of_body(&rejection, app.limits().body_bytes))?;
    let content_type = text_of(headers, header::CONTENT_TYPE.as_str());
    let media_type = content_type
        .and_then(|value| value.split(';').next())
        .map(str::trim);
    if !media_type.is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/json")) {
        return Err(ApiError::ContentType);
    }
    let request = object(&body).map_err(|_| ApiError::Malformed(mistake(&body)))?;
    let idempotency_key = match headers.get("idempotency-key").map(|key| key.to_str()) {
        None => None,
        Some(Ok(key)) if is_key(key) => Some(key.to_owned()),
        Some(_) => return Err(ApiError::IdempotencyKey(LONGEST_KEY)),
    };
    Ok(Call {
        request,
        api_key: text_of(headers, "x-api-key").map(str::to_owned),
        idempotency_key,
        is_forwarded: headers.contains_key(remote::FORWARDED),
        body_sha256: digest::of(&body),
    })
}

fn is_key(key: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(is_allowed)
}

fn text_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
