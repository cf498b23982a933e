//! The last traces as a page, served to this machine while the program runs.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use observed_viewer::Traces;
use opentelemetry_sdk::trace::SpanData;

use super::io::Io;
use super::report::Report;
use super::sdk::Exporter;

/// Keeps what the page shows, and the runtime that serves it.
#[derive(Debug)]
pub(crate) struct Page {
    traces: Arc<Traces>,
    _served_by: Arc<Io>,
}

impl Page {
    /// Serves the page at `address`, and returns the address with its port.
    ///
    /// # Errors
    /// When the address cannot be had.
    pub(crate) fn start(
        service: &str,
        address: SocketAddr,
        io: Arc<Io>,
    ) -> Result<(Self, SocketAddr), String> {
        let refused = |error: std::io::Error| {
            format!(
                "OBSERVED_VIEWER_ADDRESS: cannot listen there: {}",
                error.kind()
            )
        };
        let listener = TcpListener::bind(address).map_err(refused)?;
        listener.set_nonblocking(true).map_err(refused)?;
        let bound = listener.local_addr().map_err(refused)?;
        let traces = Arc::new(Traces::new(service));
        let in_runtime = io.enter();
        let listener = tokio::net::TcpListener::from_std(listener).map_err(refused)?;
        tokio::spawn(observed_viewer::serve(listener, Arc::clone(&traces)));
        drop(in_runtime);
        let page = Self {
            traces,
            _served_by: io,
        };
        Ok((page, bound))
    }
}

impl Exporter for Page {
    fn export(&mut self, batch: Vec<SpanData>) -> Report {
        self.traces.keep(&batch);
        Report::default()
    }

    fn flush(&mut self) {}

    fn shutdown(&mut self) {}
}
