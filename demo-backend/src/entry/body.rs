//! JSON objects as bodies.

use serde::de::{DeserializeOwned, Error};

/// Reads the object that a body is. A list is refused, although a structure could be read from one.
///
/// # Errors
/// As the parser says, which repeats what was sent only by position.
pub(super) fn object<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
    if body
        .trim_ascii_start()
        .first()
        .is_some_and(|first| *first != b'{')
    {
        return Err(serde_json::Error::custom("not an object"));
    }
    serde_json::from_slice(body)
}
