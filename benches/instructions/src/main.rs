//! Calls a leaf function many times: `bench-instructions MODE COUNT`. Measured from outside by `measure.py`.

mod receiver;

use std::hint::black_box;
use std::time::Duration;

use observed_runtime::{Tracing, flush, observed, observed_span, status};

#[inline(never)]
fn plain(a: u64, b: &'static str) -> u64 {
    a.rotate_left(3) ^ b.len() as u64
}

#[inline(never)]
#[observed(name = "leaf", attrs(a, b = public_static(b)))]
fn annotated(a: u64, b: &'static str) -> u64 {
    a.rotate_left(3) ^ b.len() as u64
}

#[inline(never)]
fn call(function: fn(u64, &'static str) -> u64, count: u64) {
    let function = black_box(function);
    for n in 0..count {
        black_box(function(black_box(n), black_box("value")));
    }
}

/// Ten texts as services record them, twenty characters each.
#[observed(name = "work", attrs(
    a = public(texts.0), b = public(texts.1), c = public(texts.2), d = public(texts.3), e = public(texts.4),
    f = public(texts.0), g = public(texts.1), h = public(texts.2), i = public(texts.3), j = public(texts.4),
))]
fn with_texts(texts: (&str, &str, &str, &str, &str)) -> usize {
    texts.0.len()
}

const TEXTS: (&str, &str, &str, &str, &str) = (
    "summarize_text_v1.00",
    "eu-central-1a/rack12",
    "checkout completed ok",
    "8f14e45fceea167a5a36",
    "2026-11-23T10:15:30Z",
);

/// Records so many spans and waits until the worker has sent them.
fn export(count: u64, work: impl Fn()) {
    let endpoint = receiver::start();
    let settings = [
        ("TRACING_ENABLED", "1"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint),
        ("OTEL_BSP_MAX_QUEUE_SIZE", "1000000"),
    ];
    let _tracing = Tracing::builder("bench").settings(settings).init();
    let _root = observed_span!(name = "root");
    (0..count).for_each(|_| work());
    assert!(flush(Duration::from_secs(600)));
    assert_eq!(status().spans.exported, count, "{:?}", status());
}

fn tracing(sampler: &str) -> Tracing {
    Tracing::builder("bench")
        .settings([
            ("TRACING_ENABLED", "1"),
            ("OTEL_TRACES_SAMPLER", sampler),
            ("OTEL_TRACES_EXPORTER", "none"),
            // The worker has a thread of its own, which callgrind would count too.
            ("OTEL_BSP_SCHEDULE_DELAY", "3600000"),
            ("OTEL_BSP_MAX_QUEUE_SIZE", "1000000"),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "1000000"),
        ])
        .init()
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, mode, count] = arguments.as_slice() else {
        panic!("bench-instructions plain|off|unsampled|sampled|encoded|texts COUNT");
    };
    let count: u64 = count.parse().expect("a count");
    match mode.as_str() {
        "plain" => call(plain, count),
        "off" => call(annotated, count),
        "unsampled" | "sampled" => {
            let _tracing = tracing(if mode == "sampled" { "always_on" } else { "always_off" });
            let _root = observed_span!(name = "root");
            call(annotated, count);
        }
        "encoded" => export(count, || call(annotated, 1)),
        "texts" => export(count, || _ = black_box(with_texts(black_box(TEXTS)))),
        other => panic!("no mode {other}"),
    }
}
