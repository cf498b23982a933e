//! `GET /health`: the service, its tracing, and the totals of the span accounting.

use axum::Json;
use observed_runtime::{is_tracing_enabled, status};
use serde::Serialize;

/// The answer of `GET /health`.
#[derive(Debug, Serialize)]
pub struct Health {
    status: &'static str,
    version: &'static str,
    tracing_enabled: bool,
    tracing_state: &'static str,
    spans: Spans,
}

#[derive(Debug, Serialize)]
struct Spans {
    started: u64,
    exported: u64,
    discarded: u64,
    dropped: u64,
    open: u64,
    pending: u64,
    unsampled: u64,
    over_budget: u64,
    paused: u64,
    attributes_withheld: u64,
    unreviewed: u64,
    unreviewed_events: u64,
}

/// Answers as long as the service runs, whatever tracing does.
pub async fn health() -> Json<Health> {
    let tracing = status();
    Json(Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
        tracing_enabled: is_tracing_enabled(),
        tracing_state: tracing.state.as_str(),
        spans: Spans {
            started: tracing.spans.started,
            exported: tracing.spans.exported,
            discarded: tracing.spans.discarded,
            dropped: tracing.spans.dropped.total(),
            open: tracing.spans.open,
            pending: tracing.spans.pending,
            unsampled: tracing.spans.unsampled,
            over_budget: tracing.spans.over_budget,
            paused: tracing.spans.paused,
            attributes_withheld: tracing.spans.attributes_withheld,
            unreviewed: tracing.spans.unreviewed,
            unreviewed_events: tracing.spans.unreviewed_events,
        },
    })
}
