//! The audit log: one JSON object per line, appended and never changed, each chained by hash to the one before.

mod chain;
mod entry;

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use observed_runtime::observed;

pub use chain::{Broken, verify};
use chain::{Link, Whole};
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

/// The end of the log.
#[derive(Debug)]
struct End {
    file: File,
    last: Link,
    /// The length up to the last whole line.
    length: u64,
}

impl AuditLog {
    /// Opens the log at `path` for appending, making it if need be, and keeps other processes out of it. What a crash has
    /// left of a last line is cut off: its request was not answered.
    ///
    /// # Errors
    /// When the file cannot be opened, another process has it open, its chain is broken, or it is no log of this kind.
    pub fn open(path: &Path, fsync: Fsync) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let mut file = options.create(true).read(true).append(true).open(path)?;
        // A device or a pipe has nothing to follow, and no end.
        let whole = if file.metadata()?.is_file() {
            file.try_lock().map_err(|error| match error {
                TryLockError::WouldBlock => {
                    io::Error::new(io::ErrorKind::ResourceBusy, "another process has it open")
                }
                TryLockError::Error(error) => error,
            })?;
            mended(&mut file)?
        } else {
            Whole::nothing()
        };
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
        let (line, last) = end.last.next(entry)?;
        let written = end.file.write_all(&line).and_then(|()| match self.fsync {
            Fsync::Never => Ok(()),
            Fsync::Always => end.file.sync_data(),
        });
        if let Err(error) = written {
            let _ = end.file.set_len(end.length);
            return Err(error);
        }
        end.last = last;
        end.length += line.len() as u64;
        Ok(())
    }
}

/// Follows the chain, and cuts off what a crash has left of a last line.
fn mended(file: &mut File) -> io::Result<Whole> {
    let invalid = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
    let whole =
        chain::follow(BufReader::new(&*file)).map_err(|broken| invalid(broken.to_string()))?;
    file.seek(SeekFrom::Start(whole.length))?;
    let mut rest = Vec::new();
    file.read_to_end(&mut rest)?;
    if rest.is_empty() {
        return Ok(whole);
    }
    if !chain::is_begun_line(&rest) {
        return Err(invalid(
            "it is no audit log: it ends with something else than a line of one".to_owned(),
        ));
    }
    log::warn!("the audit log ended in the middle of a line; the rest of it is cut off");
    file.set_len(whole.length)?;
    Ok(whole)
}

#[cfg(test)]
mod tests;
