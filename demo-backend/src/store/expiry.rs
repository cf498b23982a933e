//! Answers expire: a key that is old enough is as new.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::time::Duration;

use redb::ReadableTable;

use super::idempotency::{ANSWERS, Row};
use super::{Store, StoreError};

/// The part of the time of an answer after which those that have expired are removed.
const SWEEPS: u64 = 24;

impl Store {
    /// Lets answers expire after `expiry`.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub fn expiring_after(mut self, expiry: Duration) -> Result<Self, StoreError> {
        self.expiry_ms = expiry.as_millis() as u64;
        self.sweep()?;
        Ok(self)
    }

    /// Returns whether an answer has expired.
    pub(super) fn is_expired(&self, row: &Row) -> bool {
        let stored = row.stored_unix_ms.unwrap_or(u64::MAX);
        stored.saturating_add(self.expiry_ms) <= self.clock.unix_ms()
    }

    /// Removes answers that have expired, now and then.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub fn sweep_if_due(&self) -> Result<(), StoreError> {
        let now = self.clock.unix_ms();
        if now < self.next_sweep_ms.load(Ordering::Relaxed) {
            return Ok(());
        }
        let next = now + self.expiry_ms / SWEEPS;
        self.next_sweep_ms.store(next, Ordering::Relaxed);
        self.sweep()
    }

    /// Removes answers that have expired. One that says it comes from the future, as a clock that was set back makes it,
    /// is of now: it would stay until the clock has caught up.
    fn sweep(&self) -> Result<(), StoreError> {
        let now = self.clock.unix_ms();
        let running: HashSet<String> = self.running().clone();
        let writing = self.database.begin_write()?;
        {
            let mut answers = writing.open_table(ANSWERS)?;
            let (mut old, mut undated) = (Vec::new(), Vec::new());
            for found in answers.iter()? {
                let (key, value) = found?;
                // What cannot be read is not taken for nothing.
                let Ok(mut row) = serde_json::from_slice::<Row>(value.value()) else {
                    continue;
                };
                if row.stored_unix_ms.is_none_or(|stored| stored > now) {
                    row.stored_unix_ms = Some(now);
                    undated.push((key.value().to_owned(), serde_json::to_vec(&row)?));
                } else if self.is_expired(&row) && !running.contains(key.value()) {
                    old.push(key.value().to_owned());
                }
            }
            for key in old {
                answers.remove(key.as_str())?;
            }
            for (key, row) in undated {
                answers.insert(key.as_str(), row.as_slice())?;
            }
        }
        writing.commit()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::store::idempotency::Claim;

    const DAY: Duration = Duration::from_hours(24);
    const HOUR: Duration = Duration::from_hours(1);
    const NEARLY_A_DAY: Duration = Duration::from_hours(23);

    fn answered() -> Store {
        let store = Store::in_memory().unwrap();
        let Claim::New(claimed) = store.claim("p", "k", "digest").unwrap() else {
            panic!("it was never used");
        };
        claimed.store_answer(200, json!({})).unwrap();
        store
    }

    /// The same database, by a clock that is `by` later.
    fn later(mut store: Store, by: Duration) -> Store {
        store.clock = store.clock.later(by);
        store
    }

    fn is_answered(store: &Store) -> bool {
        matches!(store.claim("p", "k", "digest").unwrap(), Claim::Answered(_))
    }

    fn rows(store: &Store) -> usize {
        let reading = redb::ReadableDatabase::begin_read(&*store.database).unwrap();
        reading.open_table(ANSWERS).unwrap().iter().unwrap().count()
    }

    #[test]
    fn an_answer_is_given_again_for_a_day_and_then_its_key_is_new() {
        let store = later(answered(), NEARLY_A_DAY);
        assert!(is_answered(&store));
        let store = later(store, HOUR);
        let other = store.claim("p", "k", "another digest").unwrap();
        assert!(matches!(other, Claim::New(_)), "{other:?}");
    }

    #[test]
    fn what_has_expired_is_removed_and_what_runs_is_not() {
        let store = answered();
        let running = store.claim("p", "running", "digest").unwrap();
        assert_eq!(rows(&store), 2);
        store.sweep_if_due().unwrap();
        assert_eq!(rows(&store), 2);
        let store = later(store, DAY);
        store.sweep_if_due().unwrap();
        assert_eq!(rows(&store), 1);
        drop(running);
    }

    #[test]
    fn an_answer_from_the_future_stays_for_its_time_and_not_until_the_clock_has_caught_up() {
        let mut store = answered();
        // The clock was a year ahead when it was stored.
        store.clock = store.clock.later(365 * DAY);
        let Claim::New(claimed) = store.claim("p", "ahead", "digest").unwrap() else {
            panic!("it was never used");
        };
        claimed.store_answer(200, json!({})).unwrap();
        store.clock = crate::store::clock::Clock::start();
        let store = later(store.expiring_after(DAY).unwrap(), DAY + HOUR);
        let again = store.claim("p", "ahead", "digest").unwrap();
        assert!(matches!(again, Claim::New(_)), "{again:?}");
    }
}
