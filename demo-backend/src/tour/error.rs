//! Errors of the tour: it could not run, or showed what must not be.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use tokio::task::JoinError;

use crate::executors::llm::server::ListenError;
use crate::executors::outgoing::ClientError;
use crate::server::{BindError, StillRunning};
use crate::state::StateError;
use crate::store::OpenError;

/// The reason why a tour ended early, or badly.
#[derive(Debug, thiserror::Error)]
pub enum TourError {
    /// Nobody reads what it prints: a pipe that was closed.
    #[error("nobody reads the tour any more")]
    NobodyReads,
    /// The spans cannot be written as JSON.
    #[error("the spans cannot be written as JSON: {0}")]
    Json(serde_json::Error),
    /// What it prints cannot be written.
    #[error("cannot write to the standard output: {0}")]
    Output(io::Error),
    /// Tracing did not start.
    #[error("tracing could not start: {0}")]
    NoTracing(String),
    /// Tracing is in another state than enabled.
    #[error("tracing is {0}: there would be nothing to show")]
    NothingToShow(&'static str),
    /// The page cannot be written.
    #[error("cannot write {}: {error}", .path.display())]
    Page {
        /// The page.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// A step was not answered.
    #[error("{step}: no answer: {error}")]
    NoAnswer {
        /// The step's title.
        step: &'static str,
        /// Why.
        error: reqwest::Error,
    },
    /// A step was answered with another status.
    #[error("{step}: expected status {expected}, got {actual}")]
    Status {
        /// The step's title.
        step: &'static str,
        /// The status in the script.
        expected: u16,
        /// The status of the answer.
        actual: u16,
    },
    /// The spans of a step did not leave in time.
    #[error("{step}: the spans did not leave within {deadline:?}")]
    NotFlushed {
        /// The step's title.
        step: &'static str,
        /// The time that they had.
        deadline: Duration,
    },
    /// Planted personal data is in a span.
    #[error("in a span: {}", .0.join(", "))]
    Leaked(Vec<&'static str>),
    /// There is no span.
    #[error("no span was recorded")]
    NoSpan,
    /// Spans were lost.
    #[error("{0} spans were lost")]
    Lost(u64),
    /// Spans were lost, and the last export failed.
    #[error("{lost} spans were lost on the way to {exporter}: {error}")]
    LostOnTheWay {
        /// How many.
        lost: u64,
        /// Where to.
        exporter: String,
        /// Why.
        error: String,
    },
    /// A service has no address.
    #[error("no address: {0}")]
    NoAddress(io::Error),
    /// The task of a service panicked.
    #[error("the service ended badly: {0}")]
    Service(#[from] JoinError),
    /// A service did not end in time.
    #[error(transparent)]
    StillRunning(#[from] StillRunning),
    /// A service cannot listen.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// A service has no state.
    #[error(transparent)]
    State(#[from] StateError),
    /// A service has no database.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// There is no HTTP client.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// There is no completion server.
    #[error(transparent)]
    Completions(#[from] ListenError),
}
