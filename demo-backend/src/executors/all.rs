//! The executors that the registry names, put together.

use std::sync::Arc;

use super::Executors;
use super::composite::CompositeExecutor;
use super::failing::FailingExecutor;
use super::llm::Llm;
use super::remote::Remote;
use super::slow::SlowExecutor;
use super::test::TestExecutor;

impl Executors {
    /// Makes all executors of the service; `llm` and `remote` are the services that they speak to.
    #[must_use]
    pub fn all(llm: Llm, remote: Remote) -> Self {
        Self(vec![
            Arc::new(TestExecutor),
            Arc::new(FailingExecutor),
            Arc::new(SlowExecutor),
            Arc::new(CompositeExecutor),
            Arc::new(llm),
            Arc::new(remote),
        ])
    }
}
