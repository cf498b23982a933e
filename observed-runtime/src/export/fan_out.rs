//! The sink of the program's pipeline: gives each batch to every exporter.

use opentelemetry_sdk::trace::SpanData;

use super::failure::{Failure, FailureClass};
use super::otlp::Direct;
use super::outgoing::Outgoing;
use super::report::Report;
use super::sdk::Exporter;
use super::sink::Sink;
use super::span_data::to_span_data;
use crate::bridge::SpanContexts;
use crate::panics::swallowing;
use crate::record::clock::Converter;

/// All exporters of a pipeline. A span counts as exported when every one of them accepted it.
pub(crate) struct FanOut {
    /// The one that needs no `SpanData`.
    pub(crate) direct: Option<Direct>,
    /// Those that do: the console's, the program's.
    pub(crate) exporters: Vec<Box<dyn Exporter>>,
    /// Whether spans say where their annotation stands.
    pub(crate) code_attributes: bool,
}

/// One exporter's panic is its own: the others get the batch.
fn shielded(spans: usize, export: impl FnOnce() -> Report) -> Report {
    swallowing(export).unwrap_or_else(|| Report::lost(spans, Failure::of(FailureClass::Panic)))
}

impl Sink for FanOut {
    fn export(&mut self, mut batch: Outgoing<'_>) -> Report {
        let spans = batch.len();
        let Some(direct) = &mut self.direct else {
            return self.export_read(&mut batch);
        };
        if self.exporters.is_empty() {
            return shielded(spans, || direct.export(batch));
        }
        let encoded = shielded(spans, || direct.export(batch.first()));
        encoded.by_both(self.export_read(&mut batch.again()))
    }

    fn flush(&mut self) {
        for exporter in &mut self.exporters {
            swallowing(|| exporter.flush());
        }
    }

    fn shutdown(&mut self) {
        for exporter in &mut self.exporters {
            swallowing(|| exporter.shutdown());
        }
    }
}

impl FanOut {
    /// Exports by those that take `SpanData`. Where there is none the spans are looked at all the same, for the accounts.
    fn export_read(&mut self, batch: &mut Outgoing<'_>) -> Report {
        let (clock, spans, all) = (Converter::new(), batch.finished(), batch.len());
        let unreadable = all - spans.len();
        let mut contexts = SpanContexts::default();
        let spans: Vec<SpanData> = spans
            .into_iter()
            .map(|span| to_span_data(span, self.code_attributes, &clock, &mut contexts))
            .collect();
        // An exporter may ask for the status, which asks the clock.
        drop(clock);
        let mut report = Report::default();
        if let Some((last, others)) = self.exporters.split_last_mut() {
            let count = spans.len();
            for exporter in others {
                let spans = spans.clone();
                report = report.by_both(shielded(count, || exporter.export(spans)));
            }
            report = report.by_both(shielded(count, || last.export(spans)));
        }
        if unreadable == 0 {
            return report;
        }
        let lost = Report::lost(unreadable, Failure::of(FailureClass::NotEncoded));
        report.and(lost)
    }
}
