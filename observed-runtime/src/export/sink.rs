//! What the worker hands finished spans to.

use super::outgoing::Outgoing;
use super::report::Report;

/// Takes finished spans; runs on the worker thread only.
pub(crate) trait Sink: Send {
    /// Exports a batch, and says what became of its spans.
    fn export(&mut self, batch: Outgoing<'_>) -> Report;

    /// Lets go of whatever is held back.
    fn flush(&mut self) {}

    /// Ends for good, after a last flush.
    fn shutdown(&mut self) {}
}

/// For `OTEL_TRACES_EXPORTER=none`: takes everything and keeps nothing.
#[cfg(not(feature = "otlp"))]
#[derive(Debug)]
pub(crate) struct Discard;

#[cfg(not(feature = "otlp"))]
impl Sink for Discard {
    fn export(&mut self, mut batch: Outgoing<'_>) -> Report {
        // For the accounts.
        drop(batch.finished());
        Report::default()
    }
}
