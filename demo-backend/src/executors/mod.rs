//! Executors, which run actions. They are synchronous: they run on the thread pool.

mod all;
mod composite;
mod failing;
pub mod llm;
pub mod nested;
pub mod outgoing;
pub mod remote;
mod slow;
mod test;

use std::fmt::Debug;
use std::sync::Arc;
use std::time::{Duration, Instant};

use observed_runtime::Classified;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::outcome::Reason;

/// An executor of actions.
pub trait Executor: Debug + Send + Sync {
    /// Returns the identifier in the registry.
    fn id(&self) -> &'static str;

    /// Runs one action.
    ///
    /// # Errors
    /// When it cannot be done, or not in time.
    fn execute(&self, job: &Job) -> Result<Value, ExecutorError>;
}

/// One action to run, with its deadline and its surroundings.
#[derive(Classified, Clone, Debug)]
pub struct Job {
    /// The payload that the client sent.
    #[pii]
    pub payload: Value,
    /// The context that the client named and the gates allowed.
    pub context_id: &'static str,
    /// The deadline, after which nobody waits for the result.
    pub deadline: Instant,
    /// Cancelled when nobody waits any more, at the deadline or before.
    pub cancelled: CancellationToken,
    /// The executors, for one that runs others.
    pub executors: Arc<Executors>,
    /// The runtime of an executor's futures.
    pub runtime: tokio::runtime::Handle,
}

impl Job {
    /// Returns whether nobody waits for the result.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.is_cancelled() || self.left().is_zero()
    }

    /// Returns the time that is left.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// Makes the same job for another payload.
    #[must_use]
    pub fn with_payload(&self, payload: Value) -> Self {
        Self {
            payload,
            ..self.clone()
        }
    }
}

/// An executor's failure.
#[derive(Classified, Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}: {detail}")]
pub struct ExecutorError {
    /// The reason, which the client reads.
    pub reason: Reason,
    /// What else the executor says; it may repeat the payload, and nobody is shown it.
    #[pii]
    pub detail: String,
}

impl From<Reason> for ExecutorError {
    fn from(reason: Reason) -> Self {
        Self {
            reason,
            detail: String::new(),
        }
    }
}

impl ExecutorError {
    /// Makes a failure for this reason.
    #[must_use]
    pub fn says(reason: &'static str) -> Self {
        Reason::Says(reason).into()
    }
}

/// All executors of the service.
#[derive(Debug)]
pub struct Executors(Vec<Arc<dyn Executor>>);

impl Executors {
    /// Returns the executor of this identifier.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Arc<dyn Executor>> {
        self.0.iter().find(|executor| executor.id() == id).cloned()
    }
}
