//! Callers whose key is no profile's: counted, and recorded by interval.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{AuditLog, UnknownKeys};
use crate::store::unix_ms;

/// The count of denied requests since it was recorded last.
#[derive(Debug)]
pub struct UnknownCallers {
    count: AtomicU64,
    since_unix_ms: Mutex<u64>,
}

impl Default for UnknownCallers {
    fn default() -> Self {
        Self {
            count: AtomicU64::new(0),
            since_unix_ms: Mutex::new(unix_ms()),
        }
    }
}

impl UnknownCallers {
    /// Counts one.
    pub fn count(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    /// Records how many there were, if there were any.
    ///
    /// # Errors
    /// When the line cannot be written; then they are counted on.
    pub fn record(&self, audit: &AuditLog) -> io::Result<()> {
        let mut since = self
            .since_unix_ms
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let count = self.count.swap(0, Ordering::Relaxed);
        if count > 0 {
            if let Err(error) = audit.note(&UnknownKeys::denied(count, *since)) {
                self.count.fetch_add(count, Ordering::Relaxed);
                return Err(error);
            }
            log::info!("requests with a key that no profile has: {count}");
        }
        *since = unix_ms();
        Ok(())
    }
}
