//! A finished span as the `SpanData` of the OpenTelemetry SDK.

use opentelemetry::trace::{Event, Link, SpanKind, Status};
use opentelemetry::{Array, KeyValue, SpanId, StringValue, Value};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks};

use super::code;
use crate::bridge::SpanContexts;
use crate::identity::Context;
use crate::record::clock::Converter;
use crate::record::event::Events;
use crate::record::finished::{Finished, Keeping};
use crate::record::link::Links;
use crate::record::open::Outcome;
use crate::record::site::{Kind, Site};
use crate::value;

/// Converts one span.
pub(super) fn to_span_data(
    span: Finished,
    code_attributes: bool,
    clock: &Converter,
    contexts: &mut SpanContexts,
) -> SpanData {
    let own = Context {
        trace_id: span.trace_id,
        span_id: span.span_id,
        sampled: true,
        random: span.random,
        trace_state: span.trace_state,
        ..Context::default()
    };
    let (start_time, end_time) = clock.times(span.start, span.end);
    let mut attributes = to_attributes(span.site, span.values);
    let status = match span.outcome {
        Outcome::Returned => Status::Unset,
        Outcome::Failed(error_type) => {
            attributes.push(KeyValue::new("error.type", error_type));
            Status::error("")
        }
        Outcome::Cancelled => {
            attributes.push(KeyValue::new("observed.cancelled", true));
            Status::Unset
        }
    };
    if span.keeping == Keeping::Partial {
        attributes.push(KeyValue::new("observed.partial", true));
    }
    if code_attributes {
        attributes.extend(code::attributes(span.site.code()));
    }
    SpanData {
        span_context: contexts.of(&own),
        parent_span_id: SpanId::from_bytes(span.parent.to_bytes()),
        parent_span_is_remote: span.parent_is_remote,
        span_kind: to_kind(span.site.kind()),
        name: span.name.into(),
        start_time,
        end_time,
        attributes,
        dropped_attributes_count: span.attributes_dropped,
        events: to_events(span.events, clock),
        links: to_links(span.links, contexts),
        status,
        instrumentation_scope: code::scope(span.site.code()),
    }
}

fn to_value(value: value::Value) -> Option<Value> {
    Some(match value.0 {
        value::Inner::Absent | value::Inner::Refused | value::Inner::OutOfRange => return None,
        value::Inner::Bool(flag) => Value::Bool(flag),
        value::Inner::I64(integer) => Value::I64(integer),
        value::Inner::F64(float) => Value::F64(float),
        value::Inner::Static(text) => Value::String(StringValue::from(text)),
        value::Inner::Text(text) | value::Inner::CutText(text) => {
            Value::String(StringValue::from(text.into_string()))
        }
        value::Inner::Bools(booleans) => Value::Array(Array::Bool(booleans.into_vec())),
        value::Inner::I64s(integers) => Value::Array(Array::I64(integers.into_vec())),
        value::Inner::F64s(floats) => Value::Array(Array::F64(floats.into_vec())),
        value::Inner::Texts(texts) | value::Inner::CutTexts(texts) => {
            let texts = texts
                .into_iter()
                .map(|text| StringValue::from(text.into_string()));
            Value::Array(Array::String(texts.collect()))
        }
    })
}

fn to_attributes(site: &'static Site, values: Vec<value::Value>) -> Vec<KeyValue> {
    let mut attributes = Vec::with_capacity(values.len() + 1);
    for (key, value) in site.keys().iter().zip(values) {
        if let Some(value) = to_value(value) {
            attributes.push(KeyValue::new(*key, value));
        }
    }
    attributes
}

fn to_events(events: Events, clock: &Converter) -> SpanEvents {
    let mut converted = SpanEvents::default();
    converted.dropped_count = events.dropped;
    converted.events = events
        .recorded
        .into_iter()
        .map(|event| {
            let attributes = to_attributes(event.site, event.values);
            let dropped = event.attributes_dropped;
            Event::new(event.site.name(), clock.time(event.at), attributes, dropped)
        })
        .collect();
    converted
}

fn to_links(links: Links, contexts: &mut SpanContexts) -> SpanLinks {
    let mut converted = SpanLinks::default();
    converted.dropped_count = links.dropped;
    converted.links = links
        .recorded
        .into_iter()
        .filter(Context::is_a_span)
        .map(|context| Link::with_context(contexts.of(&context)))
        .collect();
    converted
}

fn to_kind(kind: Kind) -> SpanKind {
    match kind {
        Kind::Internal => SpanKind::Internal,
        Kind::Server => SpanKind::Server,
        Kind::Client => SpanKind::Client,
        Kind::Producer => SpanKind::Producer,
        Kind::Consumer => SpanKind::Consumer,
    }
}
