//! What the worker hands finished spans to.

use crate::record::finished::Finished;

/// Takes finished spans; runs on the worker thread only.
pub(crate) trait Sink: Send {
    /// Exports a batch; `Err` names the class of the failure, and then none of the spans counts as exported.
    fn export(&mut self, batch: Vec<Finished>) -> Result<(), ErrorClass>;

    /// Lets go of whatever is held back.
    fn flush(&mut self) {}

    /// Ends for good, after a last flush.
    fn shutdown(&mut self) {}
}

/// Why an export failed: a fixed word, because an exporter's own text may hold credentials or server text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "exporters fail"))]
pub(crate) enum ErrorClass {
    /// The exporter did not finish in time.
    Timeout,
    /// The exporter panicked.
    Panic,
    /// The exporter had been shut down.
    Shutdown,
    /// The transport failed or the receiver refused.
    Failed,
}

impl ErrorClass {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            ErrorClass::Timeout => "timeout",
            ErrorClass::Panic => "exporter panicked",
            ErrorClass::Shutdown => "exporter shut down",
            ErrorClass::Failed => "export failed",
        }
    }
}

/// For `OTEL_TRACES_EXPORTER=none`: takes everything and keeps nothing.
#[cfg(not(feature = "otlp"))]
#[derive(Debug)]
pub(crate) struct Discard;

#[cfg(not(feature = "otlp"))]
impl Sink for Discard {
    fn export(&mut self, _: Vec<Finished>) -> Result<(), ErrorClass> {
        Ok(())
    }
}
