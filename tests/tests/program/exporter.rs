//! An exporter that is odd in ways that the testing kit's is not: while it is built, and by being traced itself.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use observed_runtime::status;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

#[derive(Clone, Debug, Default)]
pub(crate) struct Odd {
    names: Arc<Mutex<Vec<String>>>,
    manner: Manner,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Manner {
    #[default]
    Curious,
    Traced,
    Slow,
}

impl Odd {
    /// Asks for the status while it is built.
    pub(crate) fn curious() -> Self {
        Self {
            manner: Manner::Curious,
            ..Self::default()
        }
    }

    /// Takes a while to be built.
    pub(crate) fn slow() -> Self {
        Self {
            manner: Manner::Slow,
            ..Self::default()
        }
    }

    /// Calls an annotated function itself.
    pub(crate) fn traced() -> Self {
        Self {
            manner: Manner::Traced,
            ..Self::default()
        }
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
            Manner::Traced => {}
        }
    }
}
