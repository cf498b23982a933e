//! The tour: the service on a free port, scripted requests over HTTP, each answer with its trace.

mod collect;
mod error;
mod html;
mod json;
mod options;
mod script;
mod services;
mod show;
mod taken;

use std::io::Write;

use observed_runtime::{State, Style, Tracing, status};
use opentelemetry_sdk::Resource;

use collect::Collected;
pub use error::TourError;
pub use options::Options;
use services::Services;
use show::Pages;
use taken::{Taken, take};

use crate::executors::outgoing;
use crate::lock::LOCK;

const ENDPOINTS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
];

/// Shows the tour on standard output.
///
/// # Errors
/// When the service cannot start, a request is not answered as scripted, planted personal data is found in a span,
/// spans were lost, or the page cannot be written.
pub async fn run(options: &Options) -> Result<(), TourError> {
    let (pages, collected) = (Pages::default(), Collected::default());
    let set = |variable| {
        std::env::var(variable)
            .ok()
            .filter(|value| !value.is_empty())
    };
    let is_exported = ENDPOINTS
        .into_iter()
        .any(|variable| set(variable).is_some());
    let exporter = if is_exported { "otlp" } else { "none" };
    let tracing = Tracing::builder("techno-os-backend")
        .lock(LOCK)
        .set("TRACING_ENABLED", "1")
        .set("OBSERVED_GATES_ENABLED", "1")
        .set("OBSERVED_PIPELINE_ENABLED", "1")
        .set("OBSERVED_EXECUTORS_ENABLED", "1")
        .set("OTEL_TRACES_SAMPLER", "parentbased_always_on")
        .set("OTEL_TRACES_EXPORTER", exporter)
        // Who takes the tour does not wait for a collector that is not there.
        .set("OTEL_BSP_EXPORT_TIMEOUT", "2000")
        .with_console(pages.clone(), Style::for_stdout())
        .with_exporter(collected.clone())
        .init();
    match status().state {
        State::Enabled => {}
        State::Failed { reason } => return Err(TourError::NoTracing(reason)),
        other => {
            return Err(TourError::NothingToShow(other.as_str()));
        }
    }
    let taken = tour(&pages, &collected, options).await?;
    write(&taken, &collected.resource(), options)?;
    show::privacy(&pages.everything(), options)?;
    show::accounting(options)?;
    if is_exported && !options.json {
        let exporter = status().exporter;
        let otlp = exporter.split(',').next().unwrap_or_default();
        show::say(&format!(
            "\nThe spans were also exported to {otlp}; look there for the service\n\
             techno-os-backend (Jaeger: http://localhost:16686), or for a trace id above."
        ))?;
    }
    drop(tracing);
    Ok(())
}

/// Writes the traces where the options want them besides.
fn write(taken: &[Taken], resource: &Resource, options: &Options) -> Result<(), TourError> {
    if options.json {
        show::say(&json::document(taken, resource, &status().spans)?)?;
    }
    if let Some(path) = &options.html {
        std::fs::write(path, html::page(&status().service_name, taken)).map_err(|error| {
            TourError::Page {
                path: path.clone(),
                error,
            }
        })?;
        let mut log = std::io::stderr();
        let _ = writeln!(log, "demo-backend: the traces are in {}", path.display());
    }
    Ok(())
}

async fn tour(
    pages: &Pages,
    collected: &Collected,
    options: &Options,
) -> Result<Vec<Taken>, TourError> {
    let services = Services::start().await?;
    let taken = take_all(&services, pages, collected, options).await;
    // However it ended: their audit logs are removed.
    services.stop().await?;
    taken
}

async fn take_all(
    services: &Services,
    pages: &Pages,
    collected: &Collected,
    options: &Options,
) -> Result<Vec<Taken>, TourError> {
    let client = outgoing::client()?;
    let mut all = Vec::new();
    for step in script::steps() {
        let taken = take(&client, services.address, &step, collected).await?;
        let page = pages.next();
        if !options.json {
            show::step(&taken, &page)?;
        }
        if taken.status != step.expected_status {
            return Err(TourError::Status {
                step: step.title,
                expected: step.expected_status,
                actual: taken.status,
            });
        }
        all.push(taken);
    }
    Ok(all)
}
