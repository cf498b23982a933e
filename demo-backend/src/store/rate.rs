//! Counts of a profile's requests in a minute.

use observed_runtime::observed;
use redb::{Durability, ReadableTable, TableDefinition};

use super::{Store, StoreError};

/// By profile: the minute since 1970, and the number of its requests.
const COUNTS: TableDefinition<'_, &str, (u64, u32)> = TableDefinition::new("requests_by_minute");
/// The number of requests after which counts are written to the disk: a crash forgets no more of a minute than that.
const WRITTEN_EVERY: u32 = 64;

impl Store {
    /// Counts a request of `profile` in this minute; the result contains it.
    ///
    /// # Errors
    /// When the database cannot be written.
    #[observed(name = "count_request", scope = "gates", err, attrs(minute))]
    pub fn count_request(&self, #[pii] profile: &str, minute: u64) -> Result<u32, StoreError> {
        let mut writing = self.database.begin_write()?;
        let count = {
            let mut counts = writing.open_table(COUNTS)?;
            let before = counts.get(profile)?.map(|found| found.value());
            let count = match before {
                // One that was late belongs to the minute that has begun meanwhile. Further back the clock was set.
                Some((then, count)) if then == minute || then == minute + 1 => {
                    (then, count.saturating_add(1))
                }
                _ => (minute, 1),
            };
            counts.insert(profile, count)?;
            count.1
        };
        if count % WRITTEN_EVERY != 1 {
            writing.set_durability(Durability::None)?;
        }
        writing.commit()?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_counts_its_own_requests() {
        let store = Store::in_memory().unwrap();
        for (profile, minute, count) in [
            ("a", 1, 1),
            ("a", 1, 2),
            ("b", 1, 1),
            ("a", 2, 1),
            ("a", 1, 2),
            ("a", 2, 3),
            ("a", 100, 1),
            ("a", 2, 1),
        ] {
            assert_eq!(store.count_request(profile, minute).unwrap(), count);
        }
    }
}
