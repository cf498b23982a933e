//! The audit log: one JSON object per line, appended and never changed, each chained by hash to the one before.
//!
//! A file that is large, or of an earlier day, takes a number and another one is begun; the chain goes on in it.

mod anchor;
mod anchors;
mod chain;
mod end;
mod entry;
mod policy;
mod record;
mod rotation;
mod space;
mod unknown_callers;
mod verify;

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use observed_runtime::observed;
use serde::Serialize;

pub use anchor::{Anchor, NotAnAnchor};
pub use anchors::Anchors;
pub use chain::Broken;
use end::End;
pub use entry::Entry;
pub use policy::{Fsync, Policy};
pub use record::{Switched, UnknownKeys};
pub use unknown_callers::UnknownCallers;
pub use verify::{NotWhole, Verified, verify};

/// An open log.
#[derive(Debug)]
pub struct AuditLog {
    end: Mutex<End>,
}

/// Room for one line, given back when it is dropped.
#[derive(Debug)]
#[must_use = "the room is given back at once"]
pub struct Reserved {
    log: Arc<AuditLog>,
}

impl AuditLog {
    /// Opens the log at `path` for appending, making it if need be, and keeps other processes out of it. What a crash has
    /// left of a last line is cut off: its request was not answered.
    ///
    /// # Errors
    /// When the file cannot be opened, another process has it open, its chain is broken, or it is no log of this kind.
    pub fn open(path: &Path, policy: Policy) -> io::Result<Self> {
        let end = Mutex::new(End::open(path, policy)?);
        Ok(Self { end })
    }

    /// Reserves room for a line, before what it records is done.
    ///
    /// # Errors
    /// When there is no room: then nothing must be done that would have to be recorded.
    pub fn reserve(self: &Arc<Self>) -> io::Result<Reserved> {
        self.end().promise()?;
        Ok(Reserved {
            log: Arc::clone(self),
        })
    }

    /// Appends one line; when this returns, it is as safe as the policy says.
    ///
    /// # Errors
    /// When the line cannot be written; then nothing of it stays.
    pub fn append(self: &Arc<Self>, record: &impl Serialize) -> io::Result<()> {
        self.reserve()?.append(record)
    }

    /// Appends a line that is of no request, and so in no trace.
    ///
    /// # Errors
    /// As [`AuditLog::append`].
    pub fn note(&self, record: &impl Serialize) -> io::Result<()> {
        let mut end = self.end();
        end.promise()?;
        let noted = end.append(record);
        end.release();
        noted
    }

    /// Returns the digest of the last line.
    pub fn anchor(&self) -> Anchor {
        self.end().anchor()
    }

    #[observed(name = "append_audit_line", scope = "pipeline", err)]
    fn write(&self, record: &impl Serialize) -> io::Result<()> {
        self.end().append(record)
    }

    fn end(&self) -> MutexGuard<'_, End> {
        self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reserved {
    /// Appends the line that there is room for.
    ///
    /// # Errors
    /// When it cannot be written all the same; then nothing of it stays.
    pub fn append(self, record: &impl Serialize) -> io::Result<()> {
        self.log.write(record)
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        self.log.end().release();
    }
}

#[cfg(test)]
mod tests;
