//! A span of `tracing` under an observed root: listed, not listed, and not listed but wanted by another layer.

use std::time::Duration;

use ladder_common::{Peer, run};
use observed_runtime::{Tracing, flush, observed, status};
use observed_tracing::{List, layer, span};
use tracing::Dispatch;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::registry;

/// Another layer, which wants every span and does nothing.
struct Idle;

impl<S: tracing::Subscriber> Layer<S> for Idle {}

#[inline(never)]
#[tracing::instrument(name = "leaf", skip_all, fields(a = a, b = b))]
fn leaf(a: u64, b: &'static str) -> u64 {
    a.rotate_left(3) ^ b.len() as u64
}

#[inline(never)]
#[observed(name = "root")]
fn root(children: u64) -> u64 {
    (0..children).map(|n| leaf(n, "value")).sum()
}

fn flushed() -> u64 {
    assert!(flush(Duration::from_secs(30)));
    status().spans.exported
}

fn dispatch(scenario: &str) -> Dispatch {
    // Where it is not listed, another span of its target is.
    let name = if scenario == "listed" { "leaf" } else { "other" };
    let list = List::new().with(span(module_path!(), name).number("a").public("b"));
    match scenario {
        "alone" => registry().with(Idle).into(),
        "wanted" => registry().with(layer(&list).expect("a list")).with(Idle).into(),
        "listed" | "unlisted" => registry().with(layer(&list).expect("a list")).into(),
        other => panic!("no scenario {other}"),
    }
}

fn main() {
    let scenario = std::env::args().nth(1).expect("a scenario");
    tracing::dispatcher::set_global_default(dispatch(&scenario)).expect("once");
    let _tracing = Tracing::builder("ladder")
        .settings([
            ("TRACING_ENABLED", "1"),
            ("OTEL_TRACES_SAMPLER", "always_on"),
            ("OTEL_TRACES_EXPORTER", "none"),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "4096"),
            ("OTEL_BSP_SCHEDULE_DELAY", "3600000"),
        ])
        .init();
    let peer = Peer { leaf, root, unsampled: root, flush: flushed, lost: || status().spans.dropped.total() };
    run("leaf", peer);
}
