//! An exporter that accepts what it gets, or misbehaves on command.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

/// What a [`FakeExporter`] does with a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Manner {
    /// Accepts it.
    #[default]
    Accepts,
    /// Refuses it.
    Fails,
    /// Panics.
    Panics,
    /// Never returns, until another manner is asked for.
    Hangs,
    /// Accepts it after a while.
    Slow(Duration),
}

/// An exporter for tests of how a program behaves when its collector does not.
///
/// A clone is the same exporter: give one to the builder and keep the other.
///
/// ```
/// use std::time::Duration;
///
/// use observed_runtime::testing::{FakeExporter, Manner};
/// use observed_runtime::{Tracing, flush, observed, status};
///
/// #[observed(name = "work")]
/// fn work() {}
///
/// let exporter = FakeExporter::default();
/// let settings = [("TRACING_ENABLED", "1"), ("OTEL_SAMPLING_RATE", "1"), ("OTEL_TRACES_EXPORTER", "none")];
/// let _tracing = Tracing::builder("shop").settings(settings).with_exporter(exporter.clone()).init();
/// work();
/// assert!(flush(Duration::from_secs(5)));
/// assert_eq!(exporter.names(), ["work"]);
///
/// exporter.set_manner(Manner::Fails);
/// work();
/// assert!(flush(Duration::from_secs(5)));
/// assert_eq!(status().spans.dropped.export_failed, 1);
/// ```
#[derive(Clone, Default)]
pub struct FakeExporter(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    manner: Manner,
    names: Vec<String>,
}

/// How often a hanging exporter looks whether it may go on.
const GLANCE: Duration = Duration::from_millis(5);

impl FakeExporter {
    /// An exporter that behaves so from the start.
    #[must_use]
    pub fn with_manner(manner: Manner) -> Self {
        let exporter = Self::default();
        exporter.set_manner(manner);
        exporter
    }

    /// Behaves so from the next batch on; one that hangs goes on at once.
    pub fn set_manner(&self, manner: Manner) {
        self.state().manner = manner;
    }

    /// The names of the spans that it kept, in the order in which they ended.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.state().names.clone()
    }

    /// How many spans it kept.
    #[must_use]
    pub fn count(&self) -> usize {
        self.state().names.len()
    }

    fn manner(&self) -> Manner {
        self.state().manner
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds this lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SpanExporter for FakeExporter {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        while self.manner() == Manner::Hangs {
            std::thread::sleep(GLANCE);
        }
        match self.manner() {
            Manner::Fails => return Err(OTelSdkError::InternalFailure("asked to fail".to_owned())),
            Manner::Panics => panic!("asked to panic"),
            Manner::Slow(time) => std::thread::sleep(time),
            Manner::Accepts | Manner::Hangs => {}
        }
        let names = batch.into_iter().map(|span| span.name.into_owned());
        self.state().names.extend(names);
        Ok(())
    }
}

impl fmt::Debug for FakeExporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeExporter")
            .field("manner", &self.manner())
            .field("kept", &self.count())
            .finish()
    }
}
