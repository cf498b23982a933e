//! The settings: read once, checked whole, from the environment or from a map (R13).

mod detectors;
mod endpoint;
mod ignored;
mod known;
mod limits;
mod lock;
mod otlp;
mod privacy;
mod propagators;
mod proxies;
mod reader;
mod resource;
mod sampler;
mod scopes;
mod source;
mod viewer;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

#[cfg_attr(
    not(feature = "resource-detectors"),
    allow(unused_imports, reason = "nothing is detected")
)]
pub(crate) use detectors::Detector;
pub(crate) use known::is_nearly;
pub(crate) use limits::MOST as MOST_HELD;
pub(crate) use lock::{Locked, Mode};
#[cfg_attr(
    not(feature = "otlp"),
    allow(unused_imports, reason = "for the exporter")
)]
pub(crate) use otlp::OtlpEncoder;
#[cfg(feature = "_tls")]
pub(crate) use otlp::TlsFile;
pub(crate) use otlp::{Otlp, Protocol};
pub(crate) use privacy::{OnHit, Privacy};
#[cfg_attr(not(feature = "otlp"), allow(unused_imports, reason = "for exporters"))]
pub(crate) use proxies::Proxy;
pub(crate) use reader::{Reader, Refused};
pub(crate) use scopes::variable_part;
pub(crate) use source::Source;

use crate::sampling::Sampler;

/// Where spans go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExporterKind {
    Otlp,
    Console,
    Page,
}

/// Everything that can be set, checked.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub(crate) struct Settings {
    /// `TRACING_ENABLED` says yes and `OTEL_SDK_DISABLED` does not say no.
    pub(crate) enabled: bool,
    /// `OTEL_SDK_DISABLED`: nothing may switch tracing on.
    pub(crate) sdk_disabled: bool,
    pub(crate) service_name: String,
    /// `OTEL_RESOURCE_ATTRIBUTES`, in order.
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for exporters"))]
    pub(crate) resource: Vec<(String, String)>,
    /// `OBSERVED_RESOURCE_DETECTORS`.
    #[cfg_attr(
        not(feature = "resource-detectors"),
        allow(dead_code, reason = "nothing is detected")
    )]
    pub(crate) detectors: Vec<Detector>,
    /// `OBSERVED_CODE_ATTRIBUTES`: whether spans say where their annotation stands.
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for exporters"))]
    pub(crate) code_attributes: bool,
    pub(crate) sampler: Sampler,
    /// `OBSERVED_OVERHEAD_BUDGET`, in percent of the process's CPU time.
    pub(crate) budget: Option<f64>,
    /// `OTEL_TRACES_EXPORTER`; empty for `none`.
    pub(crate) exporters: Vec<ExporterKind>,
    pub(crate) otlp: Otlp,
    /// `OBSERVED_VIEWER_ADDRESS`: where the page is served.
    pub(crate) viewer: SocketAddr,
    pub(crate) batch: Batch,
    /// What may leave.
    pub(crate) privacy: Privacy,
    /// `OBSERVED_LOCK`, and the lock that the program was built with.
    pub(crate) lock: Locked,
    /// `OBSERVED_ATTACH_CONTEXT`: whether the OpenTelemetry API is told what is current.
    pub(crate) attaches: bool,
    /// `OBSERVED_<SCOPE>_ENABLED`.
    pub(crate) scopes: BTreeMap<String, bool>,
    /// `OTEL_PROPAGATORS`: whether W3C Trace Context is read and written.
    pub(crate) propagates: bool,
    /// What is ignored, with the reason: names and what was expected, never a value.
    pub(crate) warnings: Vec<String>,
}

/// How spans are queued and batched: the variables of the batch span processor in the OpenTelemetry specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Batch {
    /// `OTEL_BSP_MAX_QUEUE_SIZE`, in spans. The specification's 2,048 is lost in a millisecond of load; a span here
    /// is small, and 32,768 of them are some 8 MB.
    pub(crate) max_queue: usize,
    /// `OTEL_BSP_MAX_EXPORT_BATCH_SIZE`, in spans; a share of the queue where it is not set.
    pub(crate) max_export: usize,
    /// `OBSERVED_MAX_REQUEST_BYTES`: one request, before compression. gRPC servers take 4 MiB if nothing else is set.
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "for exporters"))]
    pub(crate) max_bytes: usize,
    /// `OTEL_BSP_SCHEDULE_DELAY`: how long a span waits for company.
    pub(crate) delay: Duration,
    /// `OTEL_BSP_EXPORT_TIMEOUT`: one export, with its retries.
    pub(crate) timeout: Duration,
}

/// A batch is begun when so much of the queue is full; what it holds at most beside its bytes (ADR 022).
const BATCHES: usize = 16;
/// The specification's batch.
const SMALLEST_BATCH: usize = 512;

/// Some 5 % below the 4 MiB that gRPC servers take.
const MAX_REQUEST_BYTES: usize = 4_000_000;

impl Settings {
    /// Reads all settings.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub(crate) fn read(source: &Source, service_name: &str) -> Result<Self, Refused> {
        let mut reader = Reader::new(source);
        let switched_on = reader.switch("TRACING_ENABLED", false);
        let sdk_disabled = reader.standard_switch("OTEL_SDK_DISABLED");
        let resource = resource::read(&mut reader);
        let service_name =
            resource::service(&reader, &resource).unwrap_or_else(|| service_name.to_owned());
        let exporters = exporters(&mut reader);
        let no_otlp = !exporters.contains(&ExporterKind::Otlp);
        let no_page = !exporters.contains(&ExporterKind::Page);
        let for_a_person = !no_page || exporters.contains(&ExporterKind::Console);
        let mut settings = Self {
            enabled: switched_on && !sdk_disabled,
            sdk_disabled,
            service_name,
            resource,
            detectors: detectors::read(&mut reader),
            code_attributes: reader.switch("OBSERVED_CODE_ATTRIBUTES", false),
            sampler: sampler::read(&mut reader),
            budget: sampler::budget(&mut reader),
            otlp: reader.unused(no_otlp, otlp::read),
            viewer: reader.unused(no_page, viewer::read),
            batch: batch(&mut reader, for_a_person),
            privacy: privacy::read(&mut reader),
            lock: lock::read(source.lock(), &mut reader),
            attaches: reader.switch("OBSERVED_ATTACH_CONTEXT", true),
            scopes: scopes::read(source, &mut reader),
            exporters,
            propagates: propagators::read(&mut reader),
            warnings: Vec::new(),
        };
        propagators::refuse_files(&mut reader);
        ignored::check(source, &mut reader);
        settings.warnings = reader.finish()?;
        Ok(settings)
    }

    /// True where both do the same, whatever was ignored on the way.
    pub(crate) fn do_as(&self, other: &Self) -> bool {
        let warnings = other.warnings.clone();
        Self {
            warnings,
            ..self.clone()
        } == *other
    }
}

/// `OTEL_TRACES_EXPORTER`: a list, as the specification allows.
fn exporters(reader: &mut Reader<'_>) -> Vec<ExporterKind> {
    const VARIABLE: &str = "OTEL_TRACES_EXPORTER";
    const ACCEPTED: &str = "otlp, console, page, none, or a list of the first three, each once";
    let Some(list) = reader.text(VARIABLE) else {
        return vec![ExporterKind::Otlp];
    };
    let list = list.to_ascii_lowercase();
    let mut exporters = Vec::new();
    for name in list.split(',').map(str::trim) {
        let kind = match name {
            "otlp" => ExporterKind::Otlp,
            "console" => ExporterKind::Console,
            "page" => ExporterKind::Page,
            "none" if list.trim() == "none" => return exporters,
            _ => {
                reader.reject(VARIABLE, ACCEPTED);
                continue;
            }
        };
        if exporters.contains(&kind) {
            reader.reject(VARIABLE, ACCEPTED);
        }
        exporters.push(kind);
    }
    if exporters.contains(&ExporterKind::Page) && !cfg!(feature = "viewer") {
        reader.refuse(
            VARIABLE,
            "for `page` the program is built without the feature `viewer`",
        );
    }
    exporters
}

/// A person at a console or a page does not want to wait for the specification's five seconds.
fn batch(reader: &mut Reader<'_>, for_a_person: bool) -> Batch {
    let delay = if for_a_person { 200 } else { 5_000 };
    let max_queue = reader.count("OTEL_BSP_MAX_QUEUE_SIZE", 32_768);
    let share = (max_queue / BATCHES).max(SMALLEST_BATCH).min(max_queue);
    let max_export = reader.count("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", share);
    if max_export > max_queue {
        reader.reject(
            "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
            "a number up to OTEL_BSP_MAX_QUEUE_SIZE",
        );
    }
    Batch {
        max_queue,
        max_export,
        max_bytes: reader.count("OBSERVED_MAX_REQUEST_BYTES", MAX_REQUEST_BYTES),
        // Without any delay the worker would do nothing but look whether there is work.
        delay: reader
            .milliseconds("OTEL_BSP_SCHEDULE_DELAY", delay)
            .max(Duration::from_millis(1)),
        timeout: reader.timeout(&["OTEL_BSP_EXPORT_TIMEOUT"], 30_000),
    }
}

#[cfg(test)]
mod tests;
