//! Which exporters a configuration asks for, and how they are built and shown.

use std::net::SocketAddr;
#[cfg(feature = "otlp")]
use std::sync::Arc;

use super::builder::Builder;
use crate::config::{ExporterKind, Protocol, Settings};
#[cfg(feature = "otlp")]
use crate::export::control::Control;
#[cfg(feature = "otlp")]
use crate::export::io::Io;
#[cfg(feature = "viewer")]
use crate::export::page::Page;
#[cfg(feature = "otlp")]
use crate::export::sdk::Exporter;
#[cfg(not(feature = "otlp"))]
use crate::export::sink::Discard;
use crate::export::worker::MakeSink;

#[cfg(feature = "otlp")]
pub(super) fn make_sink(settings: Settings, builder: Builder) -> MakeSink {
    use crate::config::OtlpEncoder;
    use crate::export::console::{Console, Style};
    use crate::export::fan_out::FanOut;
    use crate::export::otlp;
    use crate::export::resource::resource;

    Box::new(move |control| {
        control.note_building("the resource");
        let (io, resource) = (Arc::new(Io::start()?), resource(&settings));
        control.note_building("the exporter");
        let (mut exporters, mut direct) = (Vec::new(), None);
        for kind in &settings.exporters {
            let (io, control) = (Arc::clone(&io), Arc::clone(control));
            match (kind, settings.otlp.encoder) {
                (ExporterKind::Otlp, OtlpEncoder::Direct) => {
                    direct = Some(otlp::direct(&settings, &resource, io, control)?);
                }
                (ExporterKind::Otlp, OtlpEncoder::Sdk) => {
                    exporters.push(otlp::by_the_sdk(&settings, &resource, io, control)?);
                }
                (ExporterKind::Console, _) => exporters.push(Box::new(Console::new(
                    Box::new(std::io::stdout()),
                    Style::for_stdout(),
                ))),
                (ExporterKind::Page, _) => exporters.push(page(&settings, io, &control)?),
            }
        }
        control.note_building("an exporter of the program");
        for make in builder.exporters {
            exporters.push(make(&resource, settings.batch.timeout, &io)?);
        }
        Ok(Box::new(FanOut {
            direct,
            exporters,
            code_attributes: settings.code_attributes,
        }))
    })
}

#[cfg(feature = "viewer")]
fn page(settings: &Settings, io: Arc<Io>, control: &Control) -> Result<Box<dyn Exporter>, String> {
    let (page, bound) = Page::start(&settings.service_name, settings.viewer, io)?;
    control.note_page(bound);
    Ok(Box::new(page))
}

/// Settings that ask for a page are refused where there is none.
#[cfg(all(feature = "otlp", not(feature = "viewer")))]
fn page(_: &Settings, _: Arc<Io>, _: &Control) -> Result<Box<dyn Exporter>, String> {
    Err("built without the feature `viewer`".to_owned())
}

/// Without the feature `otlp` there is nowhere to export to but nowhere.
#[cfg(not(feature = "otlp"))]
pub(super) fn make_sink(settings: Settings, _: Builder) -> MakeSink {
    Box::new(move |_| {
        if settings.exporters.is_empty() {
            Ok(Box::new(Discard))
        } else {
            Err(
                "built without the feature `otlp`: set OTEL_TRACES_EXPORTER=none or add it"
                    .to_owned(),
            )
        }
    })
}

/// Where spans go, for a person.
pub(super) fn exporter_shown(settings: &Settings, builder: &Builder) -> String {
    let mut shown: Vec<String> = settings
        .exporters
        .iter()
        .map(|kind| match (kind, settings.otlp.protocol) {
            (ExporterKind::Console, _) => "console".to_owned(),
            (ExporterKind::Page, _) => page_shown(settings.viewer),
            (ExporterKind::Otlp, Protocol::Grpc) => format!("otlp grpc {}", settings.otlp.endpoint),
            (ExporterKind::Otlp, Protocol::HttpProtobuf) => {
                format!("otlp http/protobuf {}", settings.otlp.endpoint)
            }
        })
        .collect();
    if programs_own(builder) > 0 {
        shown.push("exporters of the program".to_owned());
    }
    if shown.is_empty() {
        "none".to_owned()
    } else {
        shown.join(", ")
    }
}

/// What kind of exporter that is, as `otel.component.type` has it where it is one of OpenTelemetry's.
pub(super) fn exporter_type(settings: &Settings, builder: &Builder) -> &'static str {
    let of_program = programs_own(builder);
    match (&*settings.exporters, of_program) {
        ([], 0) => "none",
        ([], 1) => "program",
        ([ExporterKind::Console], 0) => "console",
        ([ExporterKind::Page], 0) => "page",
        ([ExporterKind::Otlp], 0) => match settings.otlp.protocol {
            Protocol::Grpc => "otlp_grpc_span_exporter",
            Protocol::HttpProtobuf => "otlp_http_span_exporter",
        },
        _ => "several",
    }
}

#[cfg(feature = "otlp")]
fn programs_own(builder: &Builder) -> usize {
    builder.exporters.len()
}

#[cfg(not(feature = "otlp"))]
fn programs_own(_: &Builder) -> usize {
    0
}

/// Where spans go, with the port that the page was given.
pub(super) fn exporter_running(
    shown: &str,
    settings: &Settings,
    page: Option<SocketAddr>,
) -> String {
    match page {
        Some(bound) => shown.replace(&page_shown(settings.viewer), &page_shown(bound)),
        None => shown.to_owned(),
    }
}

fn page_shown(address: SocketAddr) -> String {
    format!("page http://{address}/")
}
