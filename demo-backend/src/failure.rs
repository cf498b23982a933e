//! Errors of the command line: each one's text is what the user reads before the program ends.

use std::io;

use demo_backend::audit::NotWhole;
use demo_backend::executors::llm::server::ListenError;
use demo_backend::executors::outgoing::ClientError;
use demo_backend::rules::RulesError;
use demo_backend::server::{BindError, StillRunning};
use demo_backend::state::StateError;
use demo_backend::store::{OpenError, StoreError};
#[cfg(feature = "tracing")]
use demo_backend::tour::TourError;

/// The failure of a command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("the API key is empty; set DEMO_API_KEY or --api-key")]
    NoApiKey,
    #[error("the threads of the service cannot be started: {0}")]
    Runtime(io::Error),
    #[error("a request must be given more time than its action: raise --request-timeout-ms")]
    Timeouts,
    #[error(transparent)]
    NotWhole(#[from] NotWhole),
    #[error(transparent)]
    Rules(#[from] RulesError),
    #[error(transparent)]
    Client(#[from] ClientError),
    #[error(transparent)]
    Completions(#[from] ListenError),
    #[error(transparent)]
    Store(#[from] OpenError),
    #[error(transparent)]
    Database(#[from] StoreError),
    #[error(transparent)]
    State(#[from] StateError),
    #[error(transparent)]
    Bind(#[from] BindError),
    #[error(transparent)]
    StillRunning(#[from] StillRunning),
    #[cfg(feature = "tracing")]
    #[error(transparent)]
    Tour(#[from] TourError),
}
