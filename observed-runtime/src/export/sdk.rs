//! Exporters of the OpenTelemetry SDK, driven by the worker's own runtime.

use std::time::Duration;

use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkError;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};
use tokio::runtime::Runtime;

use super::sink::ErrorClass;

/// An exporter of SDK spans, without the generic future of the SDK's own trait.
pub(crate) trait Exporter: Send {
    fn export(&mut self, batch: Vec<SpanData>) -> Result<(), ErrorClass>;
    fn flush(&mut self);
    fn shutdown(&mut self);
}

/// Drives one `SpanExporter` to completion on a current-thread runtime that nobody else uses.
#[derive(Debug)]
pub(crate) struct Driven<E> {
    exporter: E,
    runtime: Runtime,
    timeout: Duration,
}

/// A runtime for one exporter, so that the application needs none and lends none.
pub(crate) fn runtime() -> Result<Runtime, String> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| {
            format!(
                "the exporter's runtime could not be started: {}",
                error.kind()
            )
        })
}

impl<E: SpanExporter> Driven<E> {
    pub(crate) fn new(
        mut exporter: E,
        runtime: Runtime,
        resource: &Resource,
        timeout: Duration,
    ) -> Self {
        exporter.set_resource(resource);
        Self {
            exporter,
            runtime,
            timeout,
        }
    }
}

impl<E: SpanExporter> Exporter for Driven<E> {
    fn export(&mut self, batch: Vec<SpanData>) -> Result<(), ErrorClass> {
        let Self {
            exporter,
            runtime,
            timeout,
        } = self;
        let exported = runtime
            .block_on(async { tokio::time::timeout(*timeout, exporter.export(batch)).await });
        match exported {
            Ok(Ok(())) => Ok(()),
            Err(_) | Ok(Err(OTelSdkError::Timeout(_))) => Err(ErrorClass::Timeout),
            Ok(Err(OTelSdkError::AlreadyShutdown)) => Err(ErrorClass::Shutdown),
            Ok(Err(OTelSdkError::InternalFailure(_))) => Err(ErrorClass::Failed),
        }
    }

    fn flush(&mut self) {
        let _in_runtime = self.runtime.enter();
        let _ = self.exporter.force_flush();
    }

    fn shutdown(&mut self) {
        let _in_runtime = self.runtime.enter();
        let _ = self.exporter.shutdown_with_timeout(self.timeout);
    }
}
