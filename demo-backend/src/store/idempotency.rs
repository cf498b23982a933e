//! Answers by idempotency key: a request that is repeated gets the answer that it got, and is not run again.

use observed_runtime::observed;
use redb::{ReadableDatabase, TableDefinition};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Store, StoreError};

const ANSWERS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("answers");

/// An answer as it was given.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct StoredAnswer {
    /// The digest of the request's body: the same key with another body is a mistake.
    pub request_sha256: String,
    /// The HTTP status; 0 for a request that has begun.
    pub status: u16,
    /// The body.
    pub body: Value,
}

/// What a key means for a request.
#[derive(Debug)]
pub enum Claim {
    /// Nobody has used it: the request runs, and its answer is kept.
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

impl StoredAnswer {
    fn begun(request_sha256: &str) -> Self {
        Self {
            request_sha256: request_sha256.to_owned(),
            status: 0,
            body: Value::Null,
        }
    }

    fn is_given(&self) -> bool {
        self.status != 0
    }

    fn for_request(self, request_sha256: &str) -> Claim {
        if self.request_sha256 == request_sha256 {
            Claim::Answered(self)
        } else {
            Claim::Mismatch
        }
    }
}

impl Store {
    /// Claims `key` for a request with this digest.
    ///
    /// # Errors
    /// When the database cannot be read.
    #[observed(name = "claim_idempotency_key", scope = "pipeline", err)]
    pub fn claim(
        &self,
        #[pii] profile: &str,
        #[pii] key: &str,
        request_sha256: &str,
    ) -> Result<Claim, StoreError> {
        let key = format!("{profile}\n{key}");
        // What was answered is answered again, also while others ask for it.
        if let Some(answer) = self.answer_of(&key)?.filter(StoredAnswer::is_given) {
            return Ok(answer.for_request(request_sha256));
        }
        if !self.running().insert(key.clone()) {
            return Ok(Claim::Running);
        }
        let claimed = Claimed {
            store: self.clone(),
            key,
            request_sha256: request_sha256.to_owned(),
        };
        // Looked up again: it may have been answered in between.
        match self.answer_of(&claimed.key)? {
            None => {
                let begun = StoredAnswer::begun(request_sha256);
                self.write(&claimed.key, &begun)?;
                Ok(Claim::New(claimed))
            }
            Some(answer) if answer.is_given() => Ok(answer.for_request(request_sha256)),
            Some(_) => Ok(Claim::Interrupted),
        }
    }

    fn write(&self, key: &str, answer: &StoredAnswer) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(answer).map_err(|error| StoreError(error.to_string()))?;
        let writing = self.database.begin_write()?;
        writing.open_table(ANSWERS)?.insert(key, bytes.as_slice())?;
        writing.commit()?;
        Ok(())
    }

    fn answer_of(&self, key: &str) -> Result<Option<StoredAnswer>, StoreError> {
        let reading = self.database.begin_read()?;
        let answers = match reading.open_table(ANSWERS) {
            Err(redb::TableError::TableDoesNotExist(_)) => return Ok(None),
            opened => opened?,
        };
        let found = answers.get(key)?;
        Ok(found.and_then(|bytes| serde_json::from_slice(bytes.value()).ok()))
    }
}

impl Claimed {
    /// Keeps the answer, on disk when this returns.
    ///
    /// # Errors
    /// When the database cannot be written: then a repetition would run the request again.
    #[observed(name = "keep_answer", scope = "pipeline", err)]
    pub fn keep(self, status: u16, #[pii] body: &Value) -> Result<(), StoreError> {
        let answer = StoredAnswer {
            request_sha256: self.request_sha256.clone(),
            status,
            body: body.clone(),
        };
        self.store.write(&self.key, &answer)
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

    fn kept(store: &Store, key: &str) -> StoredAnswer {
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
        claimed.keep(200, &json!({ "a": 1 })).unwrap();
        assert_eq!(kept(&store, "k").body, json!({ "a": 1 }));
        assert_eq!(kept(&store, "k").status, 200);
        assert!(matches!(
            store.claim("p", "k", "other").unwrap(),
            Claim::Mismatch
        ));
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
