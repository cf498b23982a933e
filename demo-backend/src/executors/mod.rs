//! What runs actions. Executors are synchronous: they run on the thread pool.

mod failing;
mod slow;
mod test;

use std::fmt::Debug;
use std::sync::Arc;

use observed_runtime::Classified;
use serde_json::Value;

/// Runs actions.
pub trait Executor: Debug + Send + Sync {
    /// The identifier in the registry.
    fn id(&self) -> &'static str;

    /// Runs one action.
    ///
    /// # Errors
    /// When it cannot be done.
    fn execute(&self, payload: &Value) -> Result<Value, ExecutorError>;
}

/// An executor's failure; its text may repeat what the payload said.
#[derive(Classified, Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ExecutorError(#[pii] pub String);

/// All executors of the service.
#[derive(Debug)]
pub struct Executors(Vec<Arc<dyn Executor>>);

impl Executors {
    /// The executors that the registry names.
    #[must_use]
    pub fn all() -> Self {
        Self(vec![
            Arc::new(test::TestExecutor),
            Arc::new(failing::FailingExecutor),
            Arc::new(slow::SlowExecutor),
        ])
    }

    /// The executor of this identifier.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Arc<dyn Executor>> {
        self.0.iter().find(|executor| executor.id() == id).cloned()
    }
}
