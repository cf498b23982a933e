//! The database, which outlives a restart: answers by idempotency key, and what profiles have used of their limits.

mod clock;
mod expiry;
pub mod idempotency;
mod rate;

pub use rate::Used;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use redb::Database;

use clock::Clock;
pub use clock::unix_ms;

/// The time after which answers expire, unless another one is set.
const EXPIRY: Duration = Duration::from_hours(24);

/// The embedded database, and the keys whose requests are running now.
#[derive(Clone, Debug)]
pub struct Store {
    database: Arc<Database>,
    running: Arc<Mutex<HashSet<String>>>,
    /// The time by which answers expire.
    clock: Clock,
    /// The time after which they do, in milliseconds.
    expiry_ms: u64,
    /// When expired ones are removed next.
    next_sweep_ms: Arc<AtomicU64>,
    /// Number of counts that were written.
    counted: Arc<AtomicU32>,
}

/// A failure to read or write the database; its text is for the log.
#[derive(Debug, thiserror::Error)]
#[error("the database failed: {0}")]
pub struct StoreError(String);

/// The reason why there is no database.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// That of a file.
    #[error("cannot open the database {}: {error}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What redb says.
        error: redb::DatabaseError,
    },
    /// One in memory.
    #[error("cannot make a database: {0}")]
    Memory(redb::DatabaseError),
}

/// Conversions from the errors of redb, which has one for each step, and of a row's JSON.
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
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let database = Database::create(path).map_err(|error| OpenError::File {
            path: path.to_owned(),
            error,
        })?;
        Ok(Self::of(database))
    }

    /// Makes a database that ends with the process, for the tour.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn in_memory() -> Result<Self, OpenError> {
        let backend = redb::backends::InMemoryBackend::new();
        let database = redb::Builder::new()
            .create_with_backend(backend)
            .map_err(OpenError::Memory)?;
        Ok(Self::of(database))
    }

    fn of(database: Database) -> Self {
        Self {
            database: Arc::new(database),
            running: Arc::default(),
            clock: Clock::start(),
            expiry_ms: EXPIRY.as_millis() as u64,
            next_sweep_ms: Arc::default(),
            counted: Arc::default(),
        }
    }

    fn running(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
