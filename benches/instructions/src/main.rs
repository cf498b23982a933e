//! Calls a leaf function many times: `bench-instructions MODE COUNT`. Measured from outside by `measure.py`.

use std::hint::black_box;

use observed_runtime::{Tracing, observed, observed_span};

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
        panic!("bench-instructions plain|off|unsampled|sampled COUNT");
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
        other => panic!("no mode {other}"),
    }
}
