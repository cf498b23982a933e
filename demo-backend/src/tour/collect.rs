//! An exporter that collects the spans of a step, for the page and the JSON.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

/// The spans that have ended since they were taken last, and what they are of.
#[derive(Clone, Debug, Default)]
pub(super) struct Collected(Arc<Mutex<Inside>>);

#[derive(Debug, Default)]
struct Inside {
    spans: Vec<SpanData>,
    resource: Option<Resource>,
}

impl Collected {
    pub(super) fn take(&self) -> Vec<SpanData> {
        let mut taken = std::mem::take(&mut self.inside().spans);
        taken.sort_by_key(|span| span.start_time);
        taken
    }

    /// Returns the service, as the runtime describes it.
    pub(super) fn resource(&self) -> Resource {
        let resource = self.inside().resource.clone();
        resource.unwrap_or_else(|| Resource::builder_empty().build())
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SpanExporter for Collected {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.inside().spans.extend(batch);
        Ok(())
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.inside().resource = Some(resource.clone());
    }
}
