//! A pipeline of one test: everything is sampled, nothing leaves.

use std::future::Future;
use std::sync::Arc;
use std::time::SystemTime;

use crate::context::{Context, InContextExt, SpanId, TraceId};
use crate::pipeline::ledger::Count;
use crate::pipeline::queue::{self, Drain};
use crate::pipeline::{Pipeline, Scopes, registry};
use crate::record::clock::Converter;
use crate::record::finished::Finished;
use crate::record::intern::Names;
use crate::record::open::Outcome;
use crate::record::site::{Kind, Site};
use crate::sampling::Sampler;
use crate::status::Accounting;
use crate::thread::attach;
use crate::value::{Inner, Value};

const MAX_SPANS: usize = 100_000;

/// What was captured.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Capture {
    /// The spans that ended, in the order of their start.
    pub spans: Vec<CapturedSpan>,
    /// Where every span went.
    pub accounting: Accounting,
}

/// One span as it was recorded, before the firewall and the limits of the export.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CapturedSpan {
    /// The name.
    pub name: &'static str,
    /// The kind.
    pub kind: Kind,
    /// The trace.
    pub trace_id: TraceId,
    /// The span.
    pub span_id: SpanId,
    /// The parent; invalid for a root.
    pub parent: SpanId,
    /// When it started.
    pub start: SystemTime,
    /// When it ended.
    pub end: SystemTime,
    /// Its attributes, in the order written.
    pub attributes: Vec<(&'static str, CapturedValue)>,
    /// Its events, in the order in which they happened.
    pub events: Vec<CapturedEvent>,
    /// How many events did not fit.
    pub events_dropped: u32,
    /// What it is linked to.
    pub links: Vec<Context>,
    /// How many links did not fit.
    pub links_dropped: u32,
    /// How it ended.
    pub status: CapturedStatus,
}

/// One event of a captured span.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CapturedEvent {
    /// The name.
    pub name: &'static str,
    /// When it happened.
    pub at: SystemTime,
    /// Its attributes, in the order written.
    pub attributes: Vec<(&'static str, CapturedValue)>,
}

/// How a captured span ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CapturedStatus {
    /// It returned.
    Unset,
    /// It failed with this `error.type`.
    Error(&'static str),
    /// Its future was dropped before completion.
    Cancelled,
}

/// The value of a captured attribute.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CapturedValue {
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A text.
    Text(String),
    /// An array of booleans.
    Bools(Vec<bool>),
    /// An array of integers.
    Ints(Vec<i64>),
    /// An array of floats.
    Floats(Vec<f64>),
    /// An array of texts.
    Texts(Vec<String>),
}

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
    let (mut names, mut finished) = (Names::default(), Vec::new());
    pipeline.take_buffers(&mut names, &mut finished);
    while let Some(handed) = drain.next() {
        pipeline.read(&handed.chunk, &mut names, &mut finished);
    }
    let taken = finished.len() as u64;
    pipeline.worker.count(Count::Settled, taken);
    pipeline.worker.count(Count::Exported, taken);
    for span in &finished {
        account(span, pipeline);
    }
    let accounting = Accounting::from_totals(&pipeline.totals());
    pipeline.close();
    finished.sort_by_key(|span| span.start);
    Capture {
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

impl From<Finished> for CapturedSpan {
    fn from(span: Finished) -> Self {
        let clock = Converter::new();
        let (start, end) = clock.times(span.start, span.end);
        let events = span.events.recorded.into_iter().map(|event| CapturedEvent {
            name: event.site.name,
            at: clock.time(event.at),
            attributes: attributes(event.site, event.values),
        });
        Self {
            name: span.site.name,
            kind: span.site.kind,
            trace_id: span.trace_id,
            span_id: span.span_id,
            parent: span.parent,
            start,
            end,
            attributes: attributes(span.site, span.values),
            events: events.collect(),
            events_dropped: span.events.dropped,
            links: span.links.recorded,
            links_dropped: span.links.dropped,
            status: match span.outcome {
                Outcome::Returned => CapturedStatus::Unset,
                Outcome::Failed(error_type) => CapturedStatus::Error(error_type),
                Outcome::Cancelled => CapturedStatus::Cancelled,
            },
        }
    }
}

fn attributes(site: &'static Site, values: Vec<Value>) -> Vec<(&'static str, CapturedValue)> {
    let values = values.into_iter().map(captured);
    site.keys
        .iter()
        .zip(values)
        .filter_map(|(key, value)| Some((*key, value?)))
        .collect()
}

/// The value, where there is one that can leave.
fn captured(value: Value) -> Option<CapturedValue> {
    if value.loss().is_some() {
        return None;
    }
    match value.0 {
        Inner::Absent | Inner::Refused | Inner::OutOfRange => None,
        Inner::Bool(flag) => Some(CapturedValue::Bool(flag)),
        Inner::I64(integer) => Some(CapturedValue::Int(integer)),
        Inner::F64(float) => Some(CapturedValue::Float(float)),
        Inner::Static(text) => Some(CapturedValue::Text(text.to_owned())),
        Inner::Text(text) | Inner::CutText(text) => Some(CapturedValue::Text(text.into_string())),
        Inner::Bools(flags) => Some(CapturedValue::Bools(flags.into_vec())),
        Inner::I64s(integers) => Some(CapturedValue::Ints(integers.into_vec())),
        Inner::F64s(floats) => Some(CapturedValue::Floats(floats.into_vec())),
        Inner::Texts(texts) | Inner::CutTexts(texts) => {
            let texts = texts.into_iter().map(<str>::into_string);
            Some(CapturedValue::Texts(texts.collect()))
        }
    }
}
