//! An exporter that is odd in ways that the testing kit's is not: while it is built, and by being traced itself.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use observed_runtime::status;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

#[derive(Clone, Debug)]
pub(crate) struct Odd {
    names: Arc<Mutex<Vec<String>>>,
    panicked: Arc<AtomicBool>,
    manner: Manner,
}

impl Drop for Odd {
    fn drop(&mut self) {
        assert!(self.manner != Manner::PanicsInDrop, "planted");
    }
}

struct PanicsWhenDropped;

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        panic!("planted");
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Curious,
    Traced,
    Slow,
    PanicsInDrop,
    PanicsOnce,
}

impl Odd {
    fn with(manner: Manner) -> Self {
        Self {
            names: Arc::default(),
            panicked: Arc::default(),
            manner,
        }
    }

    /// Asks for the status while it is built.
    pub(crate) fn curious() -> Self {
        Self::with(Manner::Curious)
    }

    /// Takes a while to be built.
    pub(crate) fn slow() -> Self {
        Self::with(Manner::Slow)
    }

    /// Panics when it is dropped.
    pub(crate) fn panics_in_drop() -> Self {
        Self::with(Manner::PanicsInDrop)
    }

    /// Panics in its first export, with something that panics when it is dropped.
    pub(crate) fn panics_once() -> Self {
        Self::with(Manner::PanicsOnce)
    }

    /// Calls an annotated function itself.
    pub(crate) fn traced() -> Self {
        Self::with(Manner::Traced)
    }

    pub(crate) fn count(&self) -> usize {
        self.names.lock().unwrap().len()
    }
}

impl SpanExporter for Odd {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        if self.manner == Manner::Traced {
            crate::work();
            crate::root();
        }
        if self.manner == Manner::PanicsOnce && !self.panicked.swap(true, Ordering::SeqCst) {
            std::panic::resume_unwind(Box::new(PanicsWhenDropped));
        }
        self.names
            .lock()
            .unwrap()
            .extend(batch.into_iter().map(|span| span.name.into_owned()));
        Ok(())
    }

    fn set_resource(&mut self, _: &Resource) {
        match self.manner {
            Manner::Curious => drop(status()),
            Manner::Slow => std::thread::sleep(Duration::from_millis(300)),
            Manner::Traced | Manner::PanicsInDrop | Manner::PanicsOnce => {}
        }
    }
}
