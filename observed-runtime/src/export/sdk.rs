//! Exporters of the OpenTelemetry SDK, driven by the worker's own runtime.

use std::sync::Arc;
use std::time::Duration;

use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkError;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

use super::failure::{Failure, FailureClass};
use super::io::Io;
use super::report::Report;

/// An exporter of SDK spans, without the generic future of the SDK's own trait.
pub(crate) trait Exporter: Send {
    fn export(&mut self, batch: Vec<SpanData>) -> Report;
    fn flush(&mut self);
    fn shutdown(&mut self);
}

/// Drives one `SpanExporter` to completion.
#[derive(Debug)]
pub(crate) struct Driven<E> {
    exporter: E,
    io: Arc<Io>,
    timeout: Duration,
}

impl<E: SpanExporter> Driven<E> {
    pub(crate) fn new(
        mut exporter: E,
        io: Arc<Io>,
        resource: &Resource,
        timeout: Duration,
    ) -> Self {
        exporter.set_resource(resource);
        Self {
            exporter,
            io,
            timeout,
        }
    }
}

impl<E: SpanExporter> Exporter for Driven<E> {
    fn export(&mut self, batch: Vec<SpanData>) -> Report {
        let spans = batch.len();
        let (exporter, timeout) = (&self.exporter, self.timeout);
        let ended = self
            .io
            .block_on(async { tokio::time::timeout(timeout, exporter.export(batch)).await });
        let class = match ended {
            Some(Ok(Ok(()))) => return Report::default(),
            Some(Err(_) | Ok(Err(OTelSdkError::Timeout(_)))) => FailureClass::Timeout,
            None | Some(Ok(Err(OTelSdkError::AlreadyShutdown))) => FailureClass::Shutdown,
            Some(Ok(Err(OTelSdkError::InternalFailure(_)))) => FailureClass::Failed,
        };
        Report::lost(spans, Failure::of(class))
    }

    fn flush(&mut self) {
        let _in_runtime = self.io.enter();
        let _ = self.exporter.force_flush();
    }

    fn shutdown(&mut self) {
        let _in_runtime = self.io.enter();
        let _ = self.exporter.shutdown_with_timeout(self.timeout);
    }
}
