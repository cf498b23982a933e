//! What outlives a restart: answers by idempotency key, and how often a profile has asked in this minute.

pub mod idempotency;
mod rate;

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use redb::Database;

/// The embedded database, and the keys whose requests are running now.
#[derive(Clone, Debug)]
pub struct Store {
    database: Arc<Database>,
    running: Arc<Mutex<HashSet<String>>>,
}

/// The database could not be read or written; its own text is for the log.
#[derive(Debug, thiserror::Error)]
#[error("the database failed: {0}")]
pub struct StoreError(String);

/// What redb and the JSON of a row may end with; redb has an error of its own for each step.
macro_rules! causes {
    ($($error:ty),+) => {$(
        impl From<$error> for StoreError {
            fn from(error: $error) -> Self {
                Self(error.to_string())
            }
        }
    )+};
}

causes!(
    redb::TransactionError,
    redb::TableError,
    redb::StorageError,
    redb::CommitError,
    redb::SetDurabilityError,
    serde_json::Error
);

impl Store {
    /// Opens the database at `path`, making it if need be.
    ///
    /// # Errors
    /// When it cannot be opened, or another process has it open.
    pub fn open(path: &Path) -> Result<Self, String> {
        let database = Database::create(path)
            .map_err(|error| format!("cannot open the database {}: {error}", path.display()))?;
        Ok(Self::of(database))
    }

    /// A database that ends with the process, for the tour.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn in_memory() -> Result<Self, String> {
        let backend = redb::backends::InMemoryBackend::new();
        let database = redb::Builder::new()
            .create_with_backend(backend)
            .map_err(|error| format!("cannot make a database: {error}"))?;
        Ok(Self::of(database))
    }

    fn of(database: Database) -> Self {
        Self {
            database: Arc::new(database),
            running: Arc::default(),
        }
    }

    fn running(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
