//! What a profile has used of a minute's actions, for the next start.

use std::sync::atomic::Ordering;

use observed_runtime::observed;
use redb::{Durability, ReadableDatabase, TableDefinition};

use super::{Store, StoreError, unix_ms};

/// By profile: when, and how many.
const USED: TableDefinition<'_, &str, (u64, u32)> = TableDefinition::new("used_actions");
/// The number of requests after which counts are written to the disk: a crash forgets no more than that.
const WRITTEN_EVERY: u32 = 64;

/// The actions that were used of a minute's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// When, in milliseconds since 1970.
    pub unix_ms: u64,
    /// How many.
    pub actions: u32,
}

impl Used {
    /// Makes a count of now.
    #[must_use]
    pub fn now(actions: u32) -> Self {
        Self {
            unix_ms: unix_ms(),
            actions,
        }
    }
}

impl Store {
    /// Returns what a profile had used.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn used(&self, profile: &str) -> Result<Option<Used>, StoreError> {
        let reading = self.database.begin_read()?;
        let counts = match reading.open_table(USED) {
            Err(redb::TableError::TableDoesNotExist(_)) => return Ok(None),
            opened => opened?,
        };
        let found = counts.get(profile)?.map(|found| found.value());
        Ok(found.map(|(unix_ms, actions)| Used { unix_ms, actions }))
    }

    /// Writes what a profile has used.
    ///
    /// # Errors
    /// When the database cannot be written.
    #[observed(name = "count_request", scope = "gates", err)]
    pub fn write_used(&self, #[pii] profile: &str, used: Used) -> Result<(), StoreError> {
        let mut writing = self.database.begin_write()?;
        writing
            .open_table(USED)?
            .insert(profile, (used.unix_ms, used.actions))?;
        let number = self.counted.fetch_add(1, Ordering::Relaxed);
        if !number.is_multiple_of(WRITTEN_EVERY) {
            writing.set_durability(Durability::None)?;
        }
        writing.commit()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_last_of_a_profile_is_read() {
        let store = Store::in_memory().unwrap();
        assert_eq!(store.used("a").unwrap(), None);
        for actions in [1, 3] {
            store
                .write_used(
                    "a",
                    Used {
                        unix_ms: 7,
                        actions,
                    },
                )
                .unwrap();
        }
        store.write_used("b", Used::now(1)).unwrap();
        let used = Used {
            unix_ms: 7,
            actions: 3,
        };
        assert_eq!(store.used("a").unwrap(), Some(used));
        assert_eq!(store.used("c").unwrap(), None);
    }
}
