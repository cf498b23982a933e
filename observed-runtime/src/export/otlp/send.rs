//! Requests on their way to the receiver, and what became of their spans.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use crate::config::Settings;
use crate::export::control::Control;
use crate::export::failure::{Failure, FailureClass};
use crate::export::io::Io;
use crate::export::report::Report;
use crate::export::transport::{Body, Transport};

pub(super) struct Sender {
    /// Used by one request at a time; shared with the task that sends it.
    transport: Arc<Mutex<Transport>>,
    pub(super) io: Arc<Io>,
    /// The last request was delivered, so that likely there is a connection.
    is_connected: bool,
    control: Arc<Control>,
    /// One export, with all its requests and tries.
    pub(super) timeout: Duration,
    /// One request, before compression.
    pub(super) most_bytes: usize,
    /// Requests are compressed.
    pub(super) gzip: bool,
}

impl Sender {
    /// # Errors
    /// When the settings name no address.
    pub(super) fn new(
        settings: &Settings,
        io: Arc<Io>,
        control: Arc<Control>,
    ) -> Result<Self, String> {
        Ok(Self {
            transport: Arc::new(Mutex::new(Transport::new(&settings.otlp)?)),
            io,
            is_connected: false,
            control,
            timeout: settings.batch.timeout,
            most_bytes: settings.batch.max_bytes,
            gzip: settings.otlp.gzip,
        })
    }

    pub(super) fn send(&mut self, body: Body, spans: usize, within: Duration) -> Report {
        let (transport, control) = (Arc::clone(&self.transport), Arc::clone(&self.control));
        let request = async move {
            let mut transport = transport.lock().await;
            transport.send(body, within, &control).await
        };
        // While a connection is made its own thread has nothing else to do: what a TLS server says as it hangs up is read
        // before it is lost.
        let sent = if self.is_connected {
            self.io.run(request)
        } else {
            self.io.block_on(request)
        };
        self.is_connected = matches!(sent, Some(Ok(_)));
        match sent {
            Some(Ok(delivered)) => Report {
                rejected: delivered.rejected.min(spans as u64),
                failure: (delivered.rejected > 0).then_some(Failure::of(FailureClass::Rejected)),
                ..Report::default()
            },
            Some(Err(failure)) => Report::lost(spans, failure),
            None => Report::lost(spans, Failure::of(FailureClass::Shutdown)),
        }
    }
}

/// A span that no request is large enough for.
pub(super) fn too_large() -> Report {
    Report {
        too_large: 1,
        failure: Some(Failure::of(FailureClass::TooLarge)),
        ..Report::default()
    }
}

/// Spans that could not be encoded.
pub(super) fn not_encoded(spans: usize) -> Report {
    Report::lost(spans, Failure::of(FailureClass::NotEncoded))
}
