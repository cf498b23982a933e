//! This project: `#[observed]`, a null `SpanExporter`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ladder_common::{Peer, print_size, run, run_async, yield_once};
use observed_runtime::{Tracing, flush, observed, observed_span, status};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

static RECEIVED: AtomicU64 = AtomicU64::new(0);

#[derive(Debug)]
struct Null;

impl SpanExporter for Null {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        RECEIVED.fetch_add(batch.len() as u64, Ordering::Relaxed);
        Ok(())
    }
}

#[inline(never)]
#[observed(name = "leaf", attrs(a, b = public_static(b)))]
fn leaf(a: u64, b: &'static str) -> u64 {
    a.rotate_left(3) ^ b.len() as u64
}

#[inline(never)]
#[observed(name = "root")]
fn root(children: u64) -> u64 {
    (0..children).map(|n| leaf(n, "value")).sum()
}

#[observed(name = "leaf", attrs(a, b = public_static(b)))]
async fn leaf_async(a: u64, b: &'static str) -> u64 {
    yield_once().await;
    a.rotate_left(3) ^ b.len() as u64
}

#[observed(name = "root")]
async fn root_async(children: u64) -> u64 {
    let mut sum = 0;
    for n in 0..children {
        sum += leaf_async(n, "value").await;
    }
    sum
}

/// Where the exporter is not ours: what it took.
fn exported() -> u64 {
    assert!(flush(Duration::from_secs(30)));
    status().spans.exported
}

fn flushed() -> u64 {
    assert!(flush(Duration::from_secs(30)));
    RECEIVED.load(Ordering::Relaxed)
}

/// Over gRPC to a receiver in another process.
fn exporting() -> Tracing {
    let endpoint = std::env::var("LADDER_ENDPOINT").expect("a receiver");
    let settings = [
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint),
    ];
    Tracing::builder("ladder").settings(settings).init()
}

/// Unsampled traces are recorded on trial.
fn keeping() -> Tracing {
    let settings = [
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_off"),
        ("OBSERVED_KEEP_ERRORS", "1"),
        ("OTEL_TRACES_EXPORTER", "none"),
        ("OTEL_BSP_SCHEDULE_DELAY", "3600000"),
        ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "4096"),
    ];
    Tracing::builder("ladder").settings(settings).with_exporter(Null).init()
}

fn tracing(sampler: &str, sleeps: bool) -> Tracing {
    let mut builder = Tracing::builder("ladder").settings([
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", sampler),
        ("OTEL_TRACES_EXPORTER", "none"),
    ]);
    if sleeps {
        builder = builder.set("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "4096").set("OTEL_BSP_SCHEDULE_DELAY", "3600000");
    }
    builder.with_exporter(Null).init()
}

fn main() {
    let scenario = std::env::args().nth(1).expect("a scenario");
    let exports = ["otlp", "steady", "keep"].contains(&scenario.as_str());
    let peer = Peer {
        leaf,
        root,
        unsampled: |children| {
            let _root = observed_span!(name = "unsampled");
            (0..children).map(|n| leaf(n, "value")).sum()
        },
        flush: if exports { exported } else { flushed },
        lost: || status().spans.dropped.total(),
    };
    let _tracing = match scenario.as_str() {
        "off" | "size" => None,
        "start" => Some(Tracing::builder("ladder").set("OTEL_TRACES_EXPORTER", "none").init()),
        "otlp" | "steady" => Some(exporting()),
        "keep" => Some(keeping()),
        "unsampled" => Some(tracing("always_off", true)),
        "leaf" | "tree" | "pair" | "cold" | "async" | "threads" => Some(tracing("always_on", true)),
        _ => Some(tracing("always_on", false)),
    };
    match scenario.as_str() {
        "async" => run_async(flushed, root_async),
        "size" => print_size(&leaf_async(1, "value")),
        "keep" => run("leaf", peer),
        other => run(other, peer),
    }
}
