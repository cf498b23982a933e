//! The OpenTelemetry SDK by hand: a tracer in a static, spans made current, the batch processor, a null exporter.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use ladder_common::{Peer, print_size, run, run_async, yield_once};
use opentelemetry::trace::{
    FutureExt, Span, SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState, Tracer, TracerProvider,
};
use opentelemetry_otlp::WithExportConfig;
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{
    BatchConfigBuilder, BatchSpanProcessor, SdkTracer, SdkTracerProvider, SpanData, SpanExporter,
};

static RECEIVED: AtomicU64 = AtomicU64::new(0);
static PROVIDER: OnceLock<SdkTracerProvider> = OnceLock::new();
static TRACER: OnceLock<SdkTracer> = OnceLock::new();

#[derive(Debug)]
struct Null;

impl SpanExporter for Null {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        RECEIVED.fetch_add(batch.len() as u64, Ordering::Relaxed);
        Ok(())
    }
}

fn span(name: &'static str) -> impl Span + Send + Sync + 'static {
    match TRACER.get() {
        Some(tracer) => tracer.start(name),
        None => panic!("not set up"),
    }
}

fn leaf_span(a: u64, b: &'static str) -> Context {
    let mut span = span("leaf");
    if span.is_recording() {
        span.set_attribute(KeyValue::new("a", a as i64));
        span.set_attribute(KeyValue::new("b", b));
    }
    Context::current_with_span(span)
}

#[inline(never)]
fn leaf(a: u64, b: &'static str) -> u64 {
    let _current = leaf_span(a, b).attach();
    a.rotate_left(3) ^ b.len() as u64
}

/// Without a provider: what a library that calls the API costs.
#[inline(never)]
fn leaf_off(a: u64, b: &'static str) -> u64 {
    let mut span = opentelemetry::global::tracer("ladder").start("leaf");
    if span.is_recording() {
        span.set_attribute(KeyValue::new("a", a as i64));
        span.set_attribute(KeyValue::new("b", b));
    }
    let _current = Context::current_with_span(span).attach();
    a.rotate_left(3) ^ b.len() as u64
}

#[inline(never)]
fn root(children: u64) -> u64 {
    let _current = Context::current_with_span(span("root")).attach();
    (0..children).map(|n| leaf(n, "value")).sum()
}

fn unsampled(children: u64) -> u64 {
    let parent = SpanContext::new(TraceId::from(1), SpanId::from(1), TraceFlags::default(), false, TraceState::default());
    let _current = Context::new().with_remote_span_context(parent).attach();
    (0..children).map(|n| leaf(n, "value")).sum()
}

async fn leaf_async(a: u64, b: &'static str) -> u64 {
    let work = async {
        yield_once().await;
        a.rotate_left(3) ^ b.len() as u64
    };
    work.with_context(leaf_span(a, b)).await
}

async fn root_async(children: u64) -> u64 {
    let work = async {
        let mut sum = 0;
        for n in 0..children {
            sum += leaf_async(n, "value").await;
        }
        sum
    };
    work.with_context(Context::current_with_span(span("root"))).await
}

fn flushed() -> u64 {
    if let Some(provider) = PROVIDER.get() {
        provider.force_flush().expect("a flush");
    }
    RECEIVED.load(Ordering::Relaxed)
}

fn set_up(sleeps: bool) {
    let mut config = BatchConfigBuilder::default();
    if sleeps {
        config = config.with_max_queue_size(4096).with_max_export_batch_size(4096);
    }
    let processor = BatchSpanProcessor::builder(Null).with_batch_config(config.build()).build();
    provide(SdkTracerProvider::builder().with_span_processor(processor).build());
}

/// Over gRPC to a receiver in another process; in the runtime that tonic needs.
fn export() {
    let endpoint = std::env::var("LADDER_ENDPOINT").expect("a receiver");
    let exporter = opentelemetry_otlp::SpanExporter::builder().with_tonic().with_endpoint(endpoint).build();
    let processor = BatchSpanProcessor::builder(exporter.expect("an exporter")).build();
    provide(SdkTracerProvider::builder().with_span_processor(processor).build());
}

fn provide(provider: SdkTracerProvider) {
    TRACER.set(provider.tracer("ladder")).expect("once");
    PROVIDER.set(provider).expect("once");
}

fn main() {
    let scenario = std::env::args().nth(1).expect("a scenario");
    let measured = ["unsampled", "leaf", "tree", "pair", "cold", "async", "threads"];
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let _in_runtime = runtime.enter();
    if ["otlp", "steady"].contains(&scenario.as_str()) {
        export();
    } else if scenario != "off" && scenario != "size" {
        set_up(measured.contains(&scenario.as_str()));
    }
    if scenario == "size" {
        return print_size(&leaf_async(1, "value"));
    }
    if scenario == "async" {
        return run_async(flushed, root_async);
    }
    let leaf = if scenario == "off" { leaf_off } else { leaf };
    run(&scenario, Peer { leaf, root, unsampled, flush: flushed, lost: || 0 });
}
