//! Step 7: the outcome goes into the audit log.

use std::io;
use std::sync::Arc;

use observed_runtime::{context, observed};

use crate::audit::{AuditLog, Entry, Reserved};
use crate::outcome::{Denial, PipelineError};

/// SHA-256 of the canonical JSON of what went in and what came out.
#[derive(Debug)]
pub(super) struct Digests {
    pub(super) input: String,
    pub(super) output: Option<String>,
}

/// Reserves room for the line of a request, before it has an effect.
pub(super) async fn reserve(audit: &Arc<AuditLog>) -> Result<Reserved, PipelineError> {
    let audit = Arc::clone(audit);
    let reserved = tokio::task::spawn_blocking(move || audit.reserve()).await;
    match reserved {
        Ok(Ok(place)) => Ok(place),
        Ok(Err(error)) => Err(not_written(&error, PipelineError::NotAudited)),
        Err(_) => Err(PipelineError::NotAudited),
    }
}

/// Audits a request that the gates allowed.
#[observed(name = "audit_result", scope = "pipeline", err = error.code())]
pub(super) async fn audit_result(
    place: Reserved,
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
    append(move || place.append(&entry), PipelineError::AuditLost).await
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
    audit: &Arc<AuditLog>,
    entry: Entry,
    denial: Denial,
) -> Result<(), PipelineError> {
    let (audit, entry) = (Arc::clone(audit), entry.denied(denial));
    append(move || audit.append(&entry), PipelineError::NotAudited).await
}

/// Writes on the thread pool: a disk may be slow.
async fn append(
    writing: impl FnOnce() -> io::Result<()> + Send + 'static,
    failure: PipelineError,
) -> Result<(), PipelineError> {
    match tokio::task::spawn_blocking(context::wrap(writing)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(not_written(&error, failure)),
        Err(_) => Err(failure),
    }
}

fn not_written(error: &io::Error, failure: PipelineError) -> PipelineError {
    log::error!("the audit log cannot be written: {error}");
    failure
}
