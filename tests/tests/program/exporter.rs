//! An exporter of the SDK's kind that counts, and misbehaves on command.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use observed_runtime::status;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

#[derive(Clone, Debug, Default)]
pub(crate) struct Counting {
    names: Arc<Mutex<Vec<String>>>,
    manner: Manner,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Manner {
    #[default]
    Good,
    Failing,
    Hanging,
    Curious,
    Traced,
    Slow,
}

impl Counting {
    pub(crate) fn failing() -> Self {
        Self {
            manner: Manner::Failing,
            ..Self::default()
        }
    }

    pub(crate) fn hanging() -> Self {
        Self {
            manner: Manner::Hanging,
            ..Self::default()
        }
    }

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

    pub(crate) fn names(&self) -> Vec<String> {
        self.names.lock().unwrap().clone()
    }
}

impl SpanExporter for Counting {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        match self.manner {
            Manner::Failing => {
                return Err(OTelSdkError::InternalFailure("with a password".to_owned()));
            }
            Manner::Hanging => loop {
                std::thread::park();
            },
            Manner::Traced => {
                crate::work();
                crate::root();
            }
            Manner::Good | Manner::Curious | Manner::Slow => {}
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
            _ => {}
        }
    }
}
