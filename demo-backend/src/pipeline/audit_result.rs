//! Step 7: the outcome goes into the audit log.

use std::sync::Arc;

use observed_runtime::context::TraceId;
use observed_runtime::{context, observed};

use super::digests::Digests;
use crate::audit::Entry;
use crate::outcome::Denial;
use crate::outcome::PipelineError;
use crate::request::Call;
use crate::state::App;

#[observed(name = "audit_result", scope = "pipeline", err = error.code())]
pub(super) async fn audit_result(
    app: &App,
    entry: Entry,
    digests: Digests,
    error: Option<&PipelineError>,
) -> Result<(), PipelineError> {
    let entry = Entry {
        outcome: error.map_or("ok", PipelineError::code),
        input_sha256: Some(digests.input),
        output_sha256: digests.output,
        ..entry
    };
    append(app, entry).await
}

/// Audits a request that a gate denied.
///
/// # Errors
/// When the audit log cannot be written.
#[observed(
    name = "audit_denial",
    scope = "pipeline",
    err = error.code(),
    attrs(gate = public_static(denial.gate), reason = public_static(denial.reason))
)]
pub async fn audit_denial(
    app: &App,
    trace_id: TraceId,
    call: &Call,
    denial: Denial,
) -> Result<(), PipelineError> {
    let key = call.api_key.as_deref().unwrap_or_default();
    let profile = app.rules.profile_of(key);
    let profile = profile.map_or("", |profile| &profile.name);
    append(
        app,
        Entry::new(trace_id, profile, &call.request).denied(denial),
    )
    .await
}

/// Writes on the thread pool: a disk may be slow.
async fn append(app: &App, entry: Entry) -> Result<(), PipelineError> {
    let audit = Arc::clone(&app.audit);
    let written = tokio::task::spawn_blocking(context::wrap(move || audit.append(&entry))).await;
    match written {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => {
            log::error!("the audit log cannot be written: {error}");
            Err(PipelineError::NotAudited)
        }
        Err(_) => Err(PipelineError::NotAudited),
    }
}
