//! What a test sees of the spans that it captured.

use std::time::SystemTime;

use crate::context::{Context, SpanId, TraceId};
use crate::policy::What;
use crate::record::clock::Converter;
use crate::record::finished::Finished;
use crate::record::open::Outcome;
use crate::record::site::{Kind, Site};
use crate::status::Accounting;
use crate::value::{Inner, Value};

/// What was captured.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Capture {
    /// The spans that ended, in the order of their start.
    pub spans: Vec<CapturedSpan>,
    /// Where every span went.
    pub accounting: Accounting,
    /// The annotations that made the spans and their events, each once.
    pub(super) sites: Vec<(What, &'static Site)>,
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

impl From<Finished> for CapturedSpan {
    fn from(span: Finished) -> Self {
        let clock = Converter::new();
        let (start, end) = clock.times(span.start, span.end);
        let events = span.events.recorded.into_iter().map(|event| CapturedEvent {
            name: event.site.name(),
            at: clock.time(event.at),
            attributes: attributes(event.site, event.values),
        });
        Self {
            name: span.site.name(),
            kind: span.site.kind(),
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
    site.keys()
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
