//! Step 7: the outcome goes into the audit log.

use std::sync::Arc;

use observed_runtime::context::TraceId;
use observed_runtime::{context, observed};

use super::PipelineError;
use super::digests::Digests;
use crate::app::App;
use crate::audit::Entry;
use crate::entry::process::ProcessRequest;

#[observed(name = "audit_result", err = error.code())]
pub(super) async fn audit_result(
    app: &App,
    trace_id: TraceId,
    request: &ProcessRequest,
    digests: Digests,
    error: Option<&PipelineError>,
) -> Result<(), PipelineError> {
    let entry = Entry {
        outcome: error.map_or("ok", |error| error.parts().1),
        input_sha256: Some(digests.input),
        output_sha256: digests.output,
        ..Entry::new(trace_id, request)
    };
    append(app, entry).await
}

/// Audits a request that a gate denied.
///
/// # Errors
/// When the audit log cannot be written.
#[observed(name = "audit_denial", err = error.code(), attrs(gate = public_static(gate)))]
pub async fn audit_denial(
    app: &App,
    trace_id: TraceId,
    request: &ProcessRequest,
    gate: &'static str,
) -> Result<(), PipelineError> {
    let entry = Entry {
        outcome: "denied",
        gate: Some(gate),
        ..Entry::new(trace_id, request)
    };
    append(app, entry).await
}

/// Writes on the thread pool: a disk may be slow.
async fn append(app: &App, entry: Entry) -> Result<(), PipelineError> {
    let audit = Arc::clone(&app.audit);
    let written = tokio::task::spawn_blocking(context::wrap(move || audit.append(&entry))).await;
    match written {
        Ok(Ok(())) => Ok(()),
        _ => Err(PipelineError::NotAudited),
    }
}
