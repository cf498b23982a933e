//! `#[tracing::instrument]` with tracing-opentelemetry: its default layer, the batch processor, a null exporter.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use ladder_common::{Peer, print_size, run, run_async, yield_once};
use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{
    BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracerProvider, SpanData, SpanExporter,
};
use tracing::instrument;
use tracing_subscriber::layer::SubscriberExt;

static RECEIVED: AtomicU64 = AtomicU64::new(0);
static PROVIDER: OnceLock<SdkTracerProvider> = OnceLock::new();

#[derive(Debug)]
struct Null;

impl SpanExporter for Null {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        RECEIVED.fetch_add(batch.len() as u64, Ordering::Relaxed);
        Ok(())
    }
}

#[inline(never)]
#[instrument(name = "leaf", skip_all, fields(a = a, b = b))]
fn leaf(a: u64, b: &'static str) -> u64 {
    a.rotate_left(3) ^ b.len() as u64
}

#[inline(never)]
#[instrument(name = "root", skip_all)]
fn root(children: u64) -> u64 {
    (0..children).map(|n| leaf(n, "value")).sum()
}

#[instrument(name = "leaf", skip_all, fields(a = a, b = b))]
async fn leaf_async(a: u64, b: &'static str) -> u64 {
    yield_once().await;
    a.rotate_left(3) ^ b.len() as u64
}

#[instrument(name = "root", skip_all)]
async fn root_async(children: u64) -> u64 {
    let mut sum = 0;
    for n in 0..children {
        sum += leaf_async(n, "value").await;
    }
    sum
}

fn flushed() -> u64 {
    if let Some(provider) = PROVIDER.get() {
        provider.force_flush().expect("a flush");
    }
    RECEIVED.load(Ordering::Relaxed)
}

fn set_up(sleeps: bool, sampler: Sampler) {
    let mut config = BatchConfigBuilder::default();
    if sleeps {
        config = config.with_max_queue_size(4096).with_max_export_batch_size(4096);
    }
    let processor = BatchSpanProcessor::builder(Null).with_batch_config(config.build()).build();
    let provider = SdkTracerProvider::builder().with_sampler(sampler).with_span_processor(processor).build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("ladder"));
    let filter = tracing_subscriber::filter::LevelFilter::INFO;
    let subscriber = tracing_subscriber::registry().with(filter).with(layer);
    tracing::subscriber::set_global_default(subscriber).expect("once");
    PROVIDER.set(provider).expect("once");
}

fn main() {
    let scenario = std::env::args().nth(1).expect("a scenario");
    let measured = ["unsampled", "leaf", "tree", "pair", "cold", "async", "threads"];
    if scenario != "off" && scenario != "size" {
        let sampler = if scenario == "unsampled" { Sampler::AlwaysOff } else { Sampler::AlwaysOn };
        set_up(measured.contains(&scenario.as_str()), sampler);
    }
    if scenario == "size" {
        return print_size(&leaf_async(1, "value"));
    }
    if scenario == "async" {
        return run_async(flushed, root_async);
    }
    run(&scenario, Peer { leaf, root, unsampled: root, flush: flushed, lost: || 0 });
}
