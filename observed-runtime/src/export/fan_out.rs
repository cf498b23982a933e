//! The sink of the program's pipeline: converts each span once and gives it to every exporter.

use opentelemetry_sdk::trace::SpanData;

use super::failure::{Failure, FailureClass};
use super::report::Report;
use super::sdk::Exporter;
use super::sink::Sink;
use super::span_data::to_span_data;
use crate::bridge::SpanContexts;
use crate::panics::swallowing;
use crate::record::clock::Converter;
use crate::record::finished::Finished;

/// All exporters of a pipeline. A span counts as exported when every one of them accepted it.
pub(crate) struct FanOut {
    exporters: Vec<Box<dyn Exporter>>,
    /// Whether spans say where their annotation stands.
    code_attributes: bool,
}

impl FanOut {
    pub(crate) fn new(exporters: Vec<Box<dyn Exporter>>, code_attributes: bool) -> Self {
        Self {
            exporters,
            code_attributes,
        }
    }
}

/// One exporter's panic is its own: the others get the batch.
fn export(exporter: &mut Box<dyn Exporter>, batch: Vec<SpanData>) -> Report {
    let spans = batch.len();
    swallowing(|| exporter.export(batch))
        .unwrap_or_else(|| Report::lost(spans, Failure::of(FailureClass::Panic)))
}

impl Sink for FanOut {
    fn export(&mut self, batch: Vec<Finished>) -> Report {
        let clock = Converter::new();
        let mut contexts = SpanContexts::default();
        let batch: Vec<SpanData> = batch
            .into_iter()
            .map(|span| to_span_data(span, self.code_attributes, &clock, &mut contexts))
            .collect();
        // An exporter may ask for the status, which asks the clock.
        drop(clock);
        let mut report = Report::default();
        if let Some((last, others)) = self.exporters.split_last_mut() {
            for exporter in others {
                let batch = batch.clone();
                report = report.by_both(export(exporter, batch));
            }
            report = report.by_both(export(last, batch));
        }
        report
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
