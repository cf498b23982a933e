//! What runs actions. Executors are synchronous: they run on the thread pool.

mod all;
pub mod composite;
mod failing;
pub mod llm;
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

/// Runs actions.
pub trait Executor: Debug + Send + Sync {
    /// The identifier in the registry.
    fn id(&self) -> &'static str;

    /// Runs one action.
    ///
    /// # Errors
    /// When it cannot be done, or not in time.
    fn execute(&self, job: &Job) -> Result<Value, ExecutorError>;
}

/// What an executor is given.
#[derive(Classified, Clone, Debug)]
pub struct Job {
    /// What the client sent.
    #[pii]
    pub payload: Value,
    /// The context that the client named and the gates allowed.
    pub context_id: &'static str,
    /// When nobody waits for the result any more.
    pub deadline: Instant,
    /// Set when nobody does.
    pub cancelled: CancellationToken,
    /// The executors, for one that runs others.
    pub executors: Arc<Executors>,
    /// Where futures of an executor run.
    pub runtime: tokio::runtime::Handle,
}

impl Job {
    /// True when nobody waits for the result.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.is_cancelled() || self.left().is_zero()
    }

    /// The time that is left.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// The same job for another payload.
    #[must_use]
    pub fn with_payload(&self, payload: Value) -> Self {
        Self {
            payload,
            ..self.clone()
        }
    }
}

/// An executor's failure; its text may repeat what the payload said.
#[derive(Classified, Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ExecutorError(#[pii] pub String);

/// All executors of the service.
#[derive(Debug)]
pub struct Executors(Vec<Arc<dyn Executor>>);

impl Executors {
    /// The executor of this identifier.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Arc<dyn Executor>> {
        self.0.iter().find(|executor| executor.id() == id).cloned()
    }
}
