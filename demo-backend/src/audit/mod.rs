//! The audit log: one JSON object per line, appended and never changed, each chained by hash to the one before.

mod chain;
mod entry;

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use observed_runtime::observed;

use chain::Link;
pub use chain::{Broken, verify};
pub use entry::Entry;

/// When a line is on the disk and not only in the operating system's hands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Fsync {
    /// When the operating system likes: a killed process loses nothing, a power failure some seconds.
    #[default]
    Never,
    /// Before the request is answered.
    Always,
}

/// An open log.
#[derive(Debug)]
pub struct AuditLog {
    end: Mutex<End>,
    fsync: Fsync,
}

/// Where the log ends.
#[derive(Debug)]
struct End {
    file: File,
    last: Link,
    /// The length up to the last whole line.
    length: u64,
}

impl AuditLog {
    /// Opens the log at `path` for appending, making it if need be. What a crash has left of a last line is cut off: its
    /// request was not answered.
    ///
    /// # Errors
    /// When the file cannot be opened, or its chain is broken.
    pub fn open(path: &Path, fsync: Fsync) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let mut file = options.create(true).read(true).append(true).open(path)?;
        let whole = chain::follow(BufReader::new(&file))
            .map_err(|broken| io::Error::new(io::ErrorKind::InvalidData, broken.to_string()))?;
        // A device or a pipe has no length, and nothing to cut off.
        if file.metadata()?.is_file() && file.seek(SeekFrom::End(0))? != whole.length {
            log::warn!("the audit log ended in the middle of a line; the rest of it is cut off");
            file.set_len(whole.length)?;
        }
        let end = End {
            file,
            last: whole.last,
            length: whole.length,
        };
        Ok(Self {
            end: Mutex::new(end),
            fsync,
        })
    }

    /// Appends one line; when this returns, it is as safe as the policy says.
    ///
    /// # Errors
    /// When the line cannot be written; then nothing of it stays.
    #[observed(name = "append_audit_line", scope = "pipeline", err)]
    pub fn append(&self, entry: &Entry) -> io::Result<()> {
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let (line, place) = end.last.next(entry)?;
        let written = end.file.write_all(&line).and_then(|()| match self.fsync {
            Fsync::Never => Ok(()),
            Fsync::Always => end.file.sync_data(),
        });
        if let Err(error) = written {
            let _ = end.file.set_len(end.length);
            return Err(error);
        }
        end.last = place;
        end.length += line.len() as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
