//! Answers by idempotency key: a request that is repeated gets the answer that it got, and is not run again.

use observed_runtime::observed;
use redb::{ReadableDatabase, TableDefinition};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Store, StoreError};

pub(super) const ANSWERS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("answers");

/// An answer as it was given.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct StoredAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
}

/// The value that is stored under a key.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Row {
    /// The digest of the request's body: the same key with another body is a mistake.
    request_sha256: String,
    /// When it was stored, in milliseconds since 1970; rows of an earlier version do not say.
    #[serde(default)]
    pub(super) stored_unix_ms: Option<u64>,
    /// None while the request runs, and for ever where the service ended meanwhile.
    answer: Option<StoredAnswer>,
}

/// The meaning of a key for a request.
#[derive(Debug)]
pub enum Claim {
    /// Nobody has used it: the request runs, and its answer is stored.
    New(Claimed),
    /// The request was answered before.
    Answered(StoredAnswer),
    /// A request with this key is running.
    Running,
    /// One was running when the process ended: nobody knows how far it came.
    Interrupted,
    /// It was used for another request.
    Mismatch,
}

/// A key that is in use until this is dropped.
#[derive(Debug)]
pub struct Claimed {
    store: Store,
    key: String,
    request_sha256: String,
}

impl Store {
    /// Claims `key` for a request with this digest.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    #[observed(name = "claim_idempotency_key", scope = "pipeline", err)]
    pub fn claim(
        &self,
        #[pii] profile: &str,
        #[pii] key: &str,
        request_sha256: &str,
    ) -> Result<Claim, StoreError> {
        let key = format!("{profile}\n{key}");
        let claimed = self.running().insert(key.clone()).then(|| Claimed {
            store: self.clone(),
            key: key.clone(),
            request_sha256: request_sha256.to_owned(),
        });
        // Looked up after it was claimed: what was answered is answered again, also while others ask for it.
        match (self.row(&key)?, claimed) {
            (Some(row), _) if row.request_sha256 != request_sha256 => Ok(Claim::Mismatch),
            (
                Some(Row {
                    answer: Some(answer),
                    ..
                }),
                _,
            ) => Ok(Claim::Answered(answer)),
            (_, None) => Ok(Claim::Running),
            (Some(_), Some(_)) => Ok(Claim::Interrupted),
            (None, Some(claimed)) => {
                claimed.write(None)?;
                Ok(Claim::New(claimed))
            }
        }
    }

    fn row(&self, key: &str) -> Result<Option<Row>, StoreError> {
        let reading = self.database.begin_read()?;
        let answers = match reading.open_table(ANSWERS) {
            Err(redb::TableError::TableDoesNotExist(_)) => return Ok(None),
            opened => opened?,
        };
        let Some(found) = answers.get(key)? else {
            return Ok(None);
        };
        let row: Row = serde_json::from_slice(found.value())?;
        Ok(Some(row).filter(|row| !self.is_expired(row)))
    }
}

impl Claimed {
    /// Stores the answer, on disk when this returns.
    ///
    /// # Errors
    /// When the database cannot be written: then the key stays one whose request was interrupted.
    #[observed(name = "keep_answer", scope = "pipeline", err)]
    pub fn store_answer(self, status: u16, #[pii] body: Value) -> Result<(), StoreError> {
        self.write(Some(StoredAnswer { status, body }))
    }

    fn write(&self, answer: Option<StoredAnswer>) -> Result<(), StoreError> {
        let row = Row {
            request_sha256: self.request_sha256.clone(),
            stored_unix_ms: Some(self.store.clock.unix_ms()),
            answer,
        };
        let bytes = serde_json::to_vec(&row)?;
        let writing = self.store.database.begin_write()?;
        writing
            .open_table(ANSWERS)?
            .insert(self.key.as_str(), bytes.as_slice())?;
        writing.commit()?;
        Ok(())
    }

    /// Forgets the key, because nothing has run.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn forget(self) -> Result<(), StoreError> {
        let writing = self.store.database.begin_write()?;
        writing.open_table(ANSWERS)?.remove(self.key.as_str())?;
        writing.commit()?;
        Ok(())
    }
}

impl Drop for Claimed {
    fn drop(&mut self) {
        self.store.running().remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn stored(store: &Store, key: &str) -> StoredAnswer {
        match store.claim("p", key, "digest").unwrap() {
            Claim::Answered(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_key_is_new_then_running_then_answered() {
        let store = Store::in_memory().unwrap();
        let Claim::New(claimed) = store.claim("p", "k", "digest").unwrap() else {
            panic!("it was never used");
        };
        assert!(matches!(
            store.claim("p", "k", "digest").unwrap(),
            Claim::Running
        ));
        assert!(
            matches!(store.claim("q", "k", "digest").unwrap(), Claim::New(_)),
            "another profile's"
        );
        claimed.store_answer(200, json!({ "a": 1 })).unwrap();
        assert_eq!(stored(&store, "k").body, json!({ "a": 1 }));
        assert_eq!(stored(&store, "k").status, 200);
        assert!(matches!(
            store.claim("p", "k", "other").unwrap(),
            Claim::Mismatch
        ));
    }

    #[test]
    fn an_answer_that_cannot_be_read_is_not_taken_for_none() {
        let store = Store::in_memory().unwrap();
        let writing = store.database.begin_write().unwrap();
        let unreadable: &[u8] = b"{";
        writing
            .open_table(ANSWERS)
            .unwrap()
            .insert("p\nk", unreadable)
            .unwrap();
        writing.commit().unwrap();
        assert!(store.claim("p", "k", "digest").is_err());
        assert!(
            store.claim("p", "k", "digest").is_err(),
            "nor does it stay claimed"
        );
    }

    #[test]
    fn a_request_that_did_not_run_frees_its_key_and_one_that_was_interrupted_does_not() {
        let store = Store::in_memory().unwrap();
        let Claim::New(claimed) = store.claim("p", "k", "digest").unwrap() else {
            panic!("it was never used");
        };
        claimed.forget().unwrap();
        let Claim::New(claimed) = store.claim("p", "k", "digest").unwrap() else {
            panic!("it was forgotten");
        };
        drop(claimed);
        let again = store.claim("p", "k", "digest").unwrap();
        assert!(matches!(again, Claim::Interrupted), "{again:?}");
    }
}
