//! Step 7: the outcome goes into the audit log.

use std::sync::Arc;

use observed_runtime::{context, observed};

use crate::audit::{AuditLog, Entry};
use crate::outcome::{Denial, PipelineError};

/// SHA-256 of the canonical JSON of what went in and what came out.
#[derive(Debug)]
pub(super) struct Digests {
    pub(super) input: String,
    pub(super) output: Option<String>,
}

/// Audits a request that the gates allowed.
#[observed(name = "audit_result", scope = "pipeline", err = error.code())]
pub(super) async fn audit_result(
    audit: &Arc<AuditLog>,
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
    append(audit, entry).await
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
    append(audit, entry.denied(denial)).await
}

/// Writes on the thread pool: a disk may be slow.
async fn append(audit: &Arc<AuditLog>, entry: Entry) -> Result<(), PipelineError> {
    let audit = Arc::clone(audit);
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
