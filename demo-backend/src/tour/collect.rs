//! An exporter that collects the spans of a step, for the page and the JSON.

use std::sync::{Arc, Mutex, PoisonError};

use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

/// The spans that have ended since they were taken last.
#[derive(Clone, Debug, Default)]
pub(super) struct Collected(Arc<Mutex<Vec<SpanData>>>);

impl Collected {
    pub(super) fn take(&self) -> Vec<SpanData> {
        let mut spans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = std::mem::take(&mut *spans);
        taken.sort_by_key(|span| span.start_time);
        taken
    }
}

impl SpanExporter for Collected {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let mut spans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spans.extend(batch);
        Ok(())
    }
}
