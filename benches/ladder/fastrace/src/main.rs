//! fastrace as its documentation advises: `#[trace]` with properties, spans collected into a null `SpanExporter`.

use std::sync::atomic::{AtomicU64, Ordering};

use fastrace::collector::Config;
use fastrace::prelude::*;
use fastrace_opentelemetry::OpenTelemetryReporter;
use ladder_common::{Peer, print_size, run, run_async, yield_once};
use opentelemetry::InstrumentationScope;
use opentelemetry_sdk::Resource;
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
#[trace(short_name = true, properties = { "a": "{a}", "b": "{b}" })]
fn leaf(a: u64, b: &'static str) -> u64 {
    a.rotate_left(3) ^ b.len() as u64
}

#[inline(never)]
fn root(children: u64) -> u64 {
    let root = Span::root("root", SpanContext::random());
    let _local = root.set_local_parent();
    (0..children).map(|n| leaf(n, "value")).sum()
}

fn unsampled(children: u64) -> u64 {
    let root = Span::root("root", SpanContext::random().sampled(false));
    let _local = root.set_local_parent();
    (0..children).map(|n| leaf(n, "value")).sum()
}

#[trace(short_name = true, properties = { "a": "{a}", "b": "{b}" })]
async fn leaf_async(a: u64, b: &'static str) -> u64 {
    yield_once().await;
    a.rotate_left(3) ^ b.len() as u64
}

async fn root_async(children: u64) -> u64 {
    let work = async {
        let mut sum = 0;
        for n in 0..children {
            sum += leaf_async(n, "value").await;
        }
        sum
    };
    work.in_span(Span::root("root", SpanContext::random())).await
}

fn flushed() -> u64 {
    fastrace::flush();
    RECEIVED.load(Ordering::Relaxed)
}

fn main() {
    let scenario = std::env::args().nth(1).expect("a scenario");
    if scenario != "off" && scenario != "size" {
        let resource = std::borrow::Cow::Owned(Resource::builder_empty().build());
        let reporter = OpenTelemetryReporter::new(Null, resource, InstrumentationScope::default());
        fastrace::set_reporter(reporter, Config::default());
    }
    if scenario == "size" {
        return print_size(&leaf_async(1, "value"));
    }
    if scenario == "async" {
        return run_async(flushed, root_async);
    }
    run(&scenario, Peer { leaf, root, unsampled, flush: flushed, lost: || 0 });
}
