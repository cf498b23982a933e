//! Actions inside an action: the one place that knows which payloads ask for others.
//!
//! The gates walk by it what the executors run, so an executor that runs others is added here.

use serde_json::Value;

use super::{composite, remote};
use crate::registry::Action;

/// Returns what the payload of `action` asks for, as the client wrote it: each has an `action` and a `payload`.
#[must_use]
pub fn requests<'a>(action: &Action, payload: &'a Value) -> &'a [Value] {
    match action.executor_id {
        composite::ID => composite::steps(payload),
        remote::ID => std::slice::from_ref(payload),
        _ => &[],
    }
}
