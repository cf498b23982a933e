//! The tour: the service on a free port, scripted requests over HTTP, each answer with its trace.

mod script;
mod show;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use observed_runtime::{State, Style, Tracing, flush, status};
use tokio::sync::oneshot;

use crate::app::{App, Limits};
use crate::server;
use script::Step;
use show::Pages;

const API_KEY: &str = "tour-key";
const FLUSH_DEADLINE: Duration = Duration::from_secs(5);
const ENDPOINTS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
];

/// Shows the tour on standard output.
///
/// # Errors
/// When the service cannot start, a request is not answered as scripted, planted personal data is found in a span,
/// or spans were lost.
pub async fn run() -> Result<(), String> {
    let pages = Pages::default();
    let set = |variable| {
        std::env::var(variable)
            .ok()
            .filter(|value| !value.is_empty())
    };
    let endpoint = ENDPOINTS.into_iter().find_map(set);
    let tracing = Tracing::builder("techno-os-backend")
        .set("TRACING_ENABLED", "1")
        .set("OTEL_TRACES_SAMPLER", "parentbased_always_on")
        .set(
            "OTEL_TRACES_EXPORTER",
            if endpoint.is_some() { "otlp" } else { "none" },
        )
        .with_console(pages.clone(), Style::for_stdout())
        .init();
    match status().state {
        State::Enabled => {}
        State::Failed { reason } => return Err(format!("tracing could not start: {reason}")),
        other => {
            return Err(format!(
                "tracing is {}: there would be nothing to show",
                other.as_str()
            ));
        }
    }
    let audit_log = temporary_audit_log();
    let toured = tour(&pages, &audit_log).await;
    let _ = std::fs::remove_file(&audit_log);
    toured?;
    show::privacy(&pages.everything())?;
    show::accounting()?;
    if endpoint.is_some() {
        let exporter = status().exporter;
        let otlp = exporter.split(',').next().unwrap_or_default();
        println!("\nThe spans were also exported to {otlp}; look there for the service");
        println!("techno-os-backend (Jaeger: http://localhost:16686), or for a trace id above.");
    }
    drop(tracing);
    Ok(())
}

async fn tour(pages: &Pages, audit_log: &std::path::Path) -> Result<(), String> {
    let limits = Limits {
        action_timeout: Duration::from_millis(200),
        ..Limits::default()
    };
    let app = App::new(API_KEY, audit_log, limits)?;
    let listener = server::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let address = listener
        .local_addr()
        .map_err(|error| format!("no address: {error}"))?;
    let (stop, stopped) = oneshot::channel::<()>();
    let service = tokio::spawn(server::serve(listener, app, async {
        let _ = stopped.await;
    }));
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(10))
        .no_proxy()
        .build()
        .map_err(|error| format!("no HTTP client: {error}"))?;
    for step in script::steps() {
        take(&client, address, &step, pages).await?;
    }
    let _ = stop.send(());
    service
        .await
        .map_err(|error| format!("the service ended badly: {error}"))?
}

/// One request: what is sent, what comes back, and the trace that it left.
async fn take(
    client: &reqwest::Client,
    address: SocketAddr,
    step: &Step,
    pages: &Pages,
) -> Result<(), String> {
    let mut request = client
        .post(format!("http://{address}/process"))
        .header("x-api-key", step.api_key)
        .header("content-type", "application/json")
        .body(step.body.clone());
    if let Some(traceparent) = step.traceparent {
        request = request.header("traceparent", traceparent);
    }
    let response = request
        .send()
        .await
        .map_err(|error| format!("{}: no answer: {error}", step.title))?;
    let status = response.status().as_u16();
    let body = response
        .text()
        .await
        .map_err(|error| format!("{}: {error}", step.title))?;
    tokio::time::sleep(step.settle).await;
    if !flush(FLUSH_DEADLINE) {
        return Err(format!(
            "{}: the spans did not leave within {FLUSH_DEADLINE:?}",
            step.title
        ));
    }
    show::step(step, status, &body, &pages.next());
    if status != step.expected_status {
        return Err(format!(
            "{}: expected status {}, got {status}",
            step.title, step.expected_status
        ));
    }
    Ok(())
}

fn temporary_audit_log() -> PathBuf {
    std::env::temp_dir().join(format!("demo-backend-tour-{}.jsonl", std::process::id()))
}
