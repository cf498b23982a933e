//! Anchors: the digest of a line, kept where whoever can write the log cannot.
//!
//! A log that was changed and chained anew from the change on looks whole. It has other digests than its anchors.

use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use super::AuditLog;

/// The digest of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The number of the line.
    pub line: u64,
    /// Its digest, 64 digits.
    pub digest: String,
}

/// A text that is not an anchor.
#[derive(Debug, thiserror::Error)]
#[error("expected the number of a line, a colon and the 64 hexadecimal digits of its digest")]
pub struct NotAnAnchor;

impl fmt::Display for Anchor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.line, self.digest)
    }
}

impl FromStr for Anchor {
    type Err = NotAnAnchor;

    fn from_str(text: &str) -> Result<Self, NotAnAnchor> {
        let (line, digest) = text.trim().split_once(':').ok_or(NotAnAnchor)?;
        let is_digest = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        match line.parse() {
            Ok(line) if is_digest => Ok(Self {
                line,
                digest: digest.to_ascii_lowercase(),
            }),
            _ => Err(NotAnAnchor),
        }
    }
}

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
