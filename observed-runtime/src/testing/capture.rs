//! A pipeline of one test: everything is sampled, nothing leaves.

use std::future::Future;
use std::sync::Arc;

use super::captured::{Capture, CapturedSpan};
use super::locked;
use crate::context::{Context, InContextExt};
use crate::pipeline::ledger::Count;
use crate::pipeline::queue::{self, Drain};
use crate::pipeline::{Pipeline, Scopes, registry};
use crate::record::finished::Finished;
use crate::record::intern::Names;
use crate::record::records::Records;
use crate::record::span_codec;
use crate::sampling::Sampler;
use crate::status::Accounting;
use crate::thread::attach;
use crate::value::Value;

const MAX_SPANS: usize = 100_000;

/// Runs `closure` and captures the spans that it starts, on this thread and wherever its context is carried.
///
/// ```
/// use observed_runtime::{observed, testing};
///
/// #[observed(name = "double", attrs(n))]
/// fn double(n: u32) -> u32 {
///     n * 2
/// }
///
/// let (result, capture) = testing::capture(|| double(4));
/// assert_eq!(result, 8);
/// assert_eq!(capture.tree(), "double n=4\n");
/// ```
pub fn capture<R>(closure: impl FnOnce() -> R) -> (R, Capture) {
    let (pipeline, drain, context) = pipeline();
    let result = {
        let _attached = attach::attach(&context);
        closure()
    };
    (result, collect(&pipeline, &drain))
}

/// Drives `future` and captures the spans that it starts.
pub async fn capture_future<F: Future>(future: F) -> (F::Output, Capture) {
    let (pipeline, drain, context) = pipeline();
    let result = future.in_context(context).await;
    (result, collect(&pipeline, &drain))
}

fn pipeline() -> (Arc<Pipeline>, Drain, Context) {
    let (queue, drain) = queue::bounded(MAX_SPANS, MAX_SPANS);
    let pipeline = registry::create(Sampler::new(1.0, true), Scopes::all_on(), "test", queue);
    pipeline.set_enabled(true);
    let context = Context {
        pipeline: pipeline.id,
        ..Context::default()
    };
    (pipeline, drain, context)
}

fn collect(pipeline: &Pipeline, drain: &Drain) -> Capture {
    let mut records = Records::default();
    pipeline.take_buffers(|taken| records.copy(taken));
    while let Some(handed) = drain.next() {
        records.copy(handed.chunk.take());
    }
    let mut names = Names::default();
    let read = |record| span_codec::finished(record, &mut names);
    let mut finished: Vec<Finished> = records.all().iter().filter_map(read).collect();
    let taken = finished.len() as u64;
    pipeline.worker.count(Count::Exported, taken);
    for span in &finished {
        account(span, pipeline);
    }
    let accounting = Accounting::of(pipeline);
    pipeline.close();
    finished.sort_by_key(|span| span.start);
    Capture {
        sites: locked::sites(&finished),
        spans: finished.into_iter().map(CapturedSpan::from).collect(),
        accounting,
    }
}

/// Counts what does not leave of a span, as the worker would.
fn account(span: &Finished, pipeline: &Pipeline) {
    let of_events = span.events.recorded.iter().flat_map(|event| &event.values);
    let losses = span.values.iter().chain(of_events).filter_map(Value::loss);
    for count in losses.filter_map(Count::of_loss) {
        pipeline.worker.count(count, 1);
    }
    let (events, links) = (span.events.dropped, span.links.dropped);
    pipeline.worker.count(Count::EventDropped, events.into());
    pipeline.worker.count(Count::LinkDropped, links.into());
}
