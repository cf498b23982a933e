//! JSON objects as bodies, and what is wrong with one; no message repeats what was sent.

use serde::de::{DeserializeOwned, Error};
use serde_json::Value;

/// The body that `/process` takes.
const EXPECTED: &str = "expected {\"action\": text, \"context_id\": text, \"payload\": any}";
const FIELDS: [&str; 3] = ["action", "context_id", "payload"];

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

/// Returns what is wrong with a body of `/process` that could not be read as one.
pub(super) fn mistake(body: &[u8]) -> String {
    let wrong = match body.trim_ascii_start().first() {
        None => "the body is empty".to_owned(),
        Some(b'{') => match serde_json::from_slice::<Value>(body) {
            Ok(object) => in_object(&object),
            Err(error) => format!(
                "the body is not JSON from line {}, column {}, on",
                error.line(),
                error.column()
            ),
        },
        Some(_) => "the body is not a JSON object: it does not begin with `{`".to_owned(),
    };
    format!("{EXPECTED}; {wrong}")
}

fn in_object(object: &Value) -> String {
    for field in FIELDS {
        match object.get(field) {
            None => return format!("the field `{field}` is missing"),
            Some(value) if field != "payload" && !value.is_string() => {
                return format!("`{field}` is not a text");
            }
            Some(_) => {}
        }
    }
    "there is another field, or one of them twice".to_owned()
}
