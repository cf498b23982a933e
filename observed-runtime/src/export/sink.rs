//! What the worker hands finished spans to.

use super::report::Report;
use crate::record::finished::Finished;

/// Takes finished spans; runs on the worker thread only.
pub(crate) trait Sink: Send {
    /// Exports a batch, and says what became of its spans.
    fn export(&mut self, batch: Vec<Finished>) -> Report;

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
    fn export(&mut self, _: Vec<Finished>) -> Report {
        Report::default()
    }
}
