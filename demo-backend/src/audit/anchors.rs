//! The log's anchors, each written where the operator keeps them.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::AuditLog;

/// Where anchors go.
#[derive(Debug, Default)]
pub struct Anchors {
    /// A file of anchors, if there is one beside the program's own log.
    file: Option<PathBuf>,
    /// The line of the last one.
    last: Mutex<u64>,
}

impl Anchors {
    /// Makes anchors that are appended to `file` too.
    #[must_use]
    pub fn to(file: Option<PathBuf>) -> Self {
        Self {
            file,
            last: Mutex::new(0),
        }
    }

    /// Writes the digest of the last line, if there is one since the last anchor.
    ///
    /// # Errors
    /// When the file cannot be written; then the next call tries again.
    pub fn drop_one(&self, audit: &AuditLog) -> io::Result<()> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let anchor = audit.anchor();
        if anchor.line == *last {
            return Ok(());
        }
        log::info!("audit anchor {anchor}");
        if let Some(path) = &self.file {
            let mut file = OpenOptions::new().create(true).append(true).open(path)?;
            file.write_all(format!("{anchor}\n").as_bytes())?;
        }
        *last = anchor.line;
        Ok(())
    }
}
