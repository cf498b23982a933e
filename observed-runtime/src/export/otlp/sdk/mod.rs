//! The encoder of `opentelemetry-otlp`: spans by way of the SDK's `SpanData` and of messages, cut to a size that receivers
//! take.

mod encode;

use std::time::Instant;

use opentelemetry::{Array, Key, KeyValue, Value};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SpanData, SpanEvents};

use super::send::{Sender, not_encoded, too_large};
use crate::export::report::Report;
use crate::export::sdk::Exporter;
pub(super) use encode::Encoder;

pub(super) struct Otlp {
    encoder: Encoder,
    sender: Sender,
    /// What the resource is estimated at: it stands in each request.
    resource_bytes: usize,
}

impl Otlp {
    /// # Errors
    /// When the process's environment confuses the encoder.
    pub(super) fn new(sender: Sender, resource: &Resource) -> Result<Self, String> {
        // The error's own text may repeat what the environment says, with its credentials.
        let encoder = Encoder::new(sender.gzip, resource)
            .map_err(|_| "the OTLP exporter refused its configuration".to_owned())?;
        let pairs = resource.iter();
        Ok(Self {
            encoder,
            sender,
            resource_bytes: pairs.map(|(key, value)| pair_bytes(key, value)).sum(),
        })
    }
}

impl Exporter for Otlp {
    fn export(&mut self, batch: Vec<SpanData>) -> Report {
        let (begin, most) = (Instant::now(), self.sender.most_bytes);
        let (mut report, mut left) = (Report::default(), vec![batch]);
        while let Some(part) = left.pop() {
            let spans = part.len();
            let within = self.sender.timeout.saturating_sub(begin.elapsed());
            // Only what may have to be cut is held for it.
            let uncut = (self.resource_bytes + estimated(&part) > most).then(|| part.clone());
            let Some(encoded) = self.encoder.encode(part, &self.sender.io) else {
                report = report.and(not_encoded(spans));
                continue;
            };
            if encoded.bytes > most
                && let Some(uncut) = uncut
            {
                match cut(uncut) {
                    Some(parts) => left.extend(parts),
                    None => report = report.and(too_large()),
                }
                continue;
            }
            report = report.and(self.sender.send(encoded.body, spans, within));
        }
        report
    }

    fn flush(&mut self) {}

    fn shutdown(&mut self) {}
}

/// A bound of a batch's encoded size that is cheap to know.
fn estimated(batch: &[SpanData]) -> usize {
    // The fields that every span has, generously; an attribute's key and value by what they hold.
    const SPAN: usize = 256;
    let of = |attributes: &[KeyValue]| -> usize {
        attributes
            .iter()
            .map(|pair| pair_bytes(&pair.key, &pair.value))
            .sum()
    };
    batch
        .iter()
        .map(|span| {
            let events = span.events.iter();
            let links = span.links.iter();
            SPAN + span.name.len()
                + of(&span.attributes)
                + span.span_context.trace_state().header().len()
                + events
                    .map(|event| SPAN + event.name.len() + of(&event.attributes))
                    .sum::<usize>()
                + links
                    .map(|link| SPAN + link.span_context.trace_state().header().len())
                    .sum::<usize>()
        })
        .sum()
}

fn pair_bytes(key: &Key, value: &Value) -> usize {
    const PAIR: usize = 64;
    PAIR + key.as_str().len() + value_bytes(value)
}

fn value_bytes(value: &Value) -> usize {
    match value {
        Value::String(text) => text.as_str().len(),
        Value::Array(Array::String(texts)) => {
            texts.iter().map(|text| 16 + text.as_str().len()).sum()
        }
        Value::Array(Array::Bool(items)) => 16 * items.len(),
        Value::Array(Array::I64(items)) => 16 * items.len(),
        Value::Array(Array::F64(items)) => 16 * items.len(),
        _ => 16,
    }
}

/// A batch that is too large, in two; a span that is too large, without its events. None where it has none.
fn cut(mut batch: Vec<SpanData>) -> Option<Vec<Vec<SpanData>>> {
    if batch.len() > 1 {
        let second = batch.split_off(batch.len() / 2);
        // The first part is taken first.
        return Some(vec![second, batch]);
    }
    let span = batch.first_mut().filter(|span| !span.events.is_empty())?;
    let mut none = SpanEvents::default();
    none.dropped_count = span
        .events
        .dropped_count
        .saturating_add(u32::try_from(span.events.len()).unwrap_or(u32::MAX));
    span.events = none;
    Some(vec![batch])
}
