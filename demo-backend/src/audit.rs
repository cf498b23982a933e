//! The audit log: one JSON object per line, appended and never changed.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use observed_runtime::context::TraceId;
use observed_runtime::observed;
use serde::Serialize;

use crate::entry::process::ProcessRequest;
use crate::registry;

/// One line of the log. It names what the registry knows and digests of the rest.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Milliseconds since 1970.
    pub unix_ms: u128,
    /// The id that the client was given.
    pub trace_id: String,
    /// The action, or `unknown`.
    pub action: &'static str,
    /// The context, or `unknown`.
    pub context_id: &'static str,
    /// `ok`, `denied`, or the code of the error.
    pub outcome: &'static str,
    /// The gate that denied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<&'static str>,
    /// The digest of the payload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_sha256: Option<String>,
    /// The digest of the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_sha256: Option<String>,
}

impl Entry {
    /// An entry for `request`, now.
    #[must_use]
    pub fn new(trace_id: TraceId, request: &ProcessRequest) -> Self {
        Self {
            unix_ms: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default()
                .as_millis(),
            trace_id: trace_id.to_string(),
            action: registry::action_label(&request.action),
            context_id: registry::context_label(&request.context_id),
            outcome: "ok",
            gate: None,
            input_sha256: None,
            output_sha256: None,
        }
    }
}

/// An open log.
#[derive(Debug)]
pub struct AuditLog(Mutex<File>);

impl AuditLog {
    /// Opens the log at `path` for appending, making it if need be.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(Mutex::new(
            OpenOptions::new().create(true).append(true).open(path)?,
        )))
    }

    /// Appends one line, in one write, so that lines of concurrent requests do not mix.
    ///
    /// # Errors
    /// When the line cannot be written.
    #[observed(name = "append_audit_line", err)]
    pub fn append(&self, entry: &Entry) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write_all(&line)
    }
}
