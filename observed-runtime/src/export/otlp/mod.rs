//! Export by OTLP: batches are encoded, cut to a size that receivers take, and handed to the transport.

mod encode;

use std::sync::Arc;
use std::time::{Duration, Instant};

use opentelemetry::{Array, Key, KeyValue, Value};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SpanData, SpanEvents};

use super::control::Control;
use super::failure::{Failure, FailureClass};
use super::io::Io;
use super::report::Report;
use super::sdk::Exporter;
use super::transport::Transport;
use crate::config::Settings;
use encode::Encoder;

/// Builds the exporter on the worker's thread; nothing is sent and nobody is connected to yet.
///
/// # Errors
/// When the settings name no address, or the process's environment confuses the encoder.
pub(crate) fn build(
    settings: &Settings,
    resource: &Resource,
    io: Arc<Io>,
    control: Arc<Control>,
) -> Result<Box<dyn Exporter>, String> {
    // The error's own text may repeat what the environment says, with its credentials.
    let encoder = Encoder::new(settings.otlp.gzip, resource)
        .map_err(|_| "the OTLP exporter refused its configuration".to_owned())?;
    Ok(Box::new(Otlp {
        encoder,
        transport: Transport::new(&settings.otlp)?,
        io,
        control,
        timeout: settings.batch.timeout,
        most_bytes: settings.batch.max_bytes,
        resource_bytes: resource
            .iter()
            .map(|(key, value)| pair_bytes(key, value))
            .sum(),
    }))
}

struct Otlp {
    encoder: Encoder,
    transport: Transport,
    io: Arc<Io>,
    control: Arc<Control>,
    /// One export, with all its requests and tries.
    timeout: Duration,
    /// One request, before compression.
    most_bytes: usize,
    /// What the resource is estimated at: it stands in each request.
    resource_bytes: usize,
}

impl Exporter for Otlp {
    fn export(&mut self, batch: Vec<SpanData>) -> Report {
        let begin = Instant::now();
        let (mut report, mut left) = (Report::default(), vec![batch]);
        while let Some(part) = left.pop() {
            let (spans, within) = (part.len(), self.timeout.saturating_sub(begin.elapsed()));
            // Only what may have to be cut is held for it.
            let uncut =
                (self.resource_bytes + estimated(&part) > self.most_bytes).then(|| part.clone());
            let Some(encoded) = self.encoder.encode(part, &self.io) else {
                report = report.and(Report::lost(spans, Failure::of(FailureClass::NotEncoded)));
                continue;
            };
            if encoded.bytes > self.most_bytes
                && let Some(uncut) = uncut
            {
                match cut(uncut) {
                    Some(parts) => left.extend(parts),
                    None => report = report.and(too_large()),
                }
                continue;
            }
            report = report.and(self.send(encoded.body, spans, within));
        }
        report
    }

    fn flush(&mut self) {}

    fn shutdown(&mut self) {}
}

impl Otlp {
    fn send(&mut self, body: super::transport::Body, spans: usize, within: Duration) -> Report {
        let sent = self
            .io
            .block_on(self.transport.send(body, within, &self.control));
        match sent {
            Some(Ok(delivered)) => Report {
                rejected: delivered.rejected.min(spans as u64),
                failure: (delivered.rejected > 0).then_some(Failure::of(FailureClass::Rejected)),
                ..Report::default()
            },
            Some(Err(failure)) => Report::lost(spans, failure),
            None => Report::lost(spans, Failure::of(FailureClass::Shutdown)),
        }
    }
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

fn too_large() -> Report {
    Report {
        too_large: 1,
        failure: Some(Failure::of(FailureClass::TooLarge)),
        ..Report::default()
    }
}
