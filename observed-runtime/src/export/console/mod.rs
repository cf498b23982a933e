//! Finished traces as text for a person: an indented tree with durations, attributes and status.

mod style;
mod tree;

use std::collections::HashMap;
use std::fmt;
use std::io::Write;

use opentelemetry::{SpanId, TraceId};
use opentelemetry_sdk::trace::SpanData;

pub use style::Style;

use super::failure::{Failure, FailureClass};
use super::report::Report;
use super::sdk::Exporter;

/// Spans that are held back until their trace is complete; beyond that, traces are printed as they are.
const MAX_HELD: usize = 20_000;

/// Prints each trace when its local root has ended, and what is left at a flush.
pub(crate) struct Console {
    out: Box<dyn Write + Send>,
    style: Style,
    held: HashMap<TraceId, Vec<SpanData>>,
    spans: usize,
}

impl Console {
    pub(crate) fn new(out: Box<dyn Write + Send>, style: Style) -> Self {
        Self {
            out,
            style,
            held: HashMap::new(),
            spans: 0,
        }
    }

    fn print(&mut self, spans: &[SpanData]) -> Report {
        self.spans -= spans.len();
        let text = tree::render(spans, self.style);
        let written = self
            .out
            .write_all(text.as_bytes())
            .and_then(|()| self.out.flush());
        match written {
            Ok(()) => Report::default(),
            Err(_) => Report::lost(spans.len(), Failure::of(FailureClass::Failed)),
        }
    }

    fn print_held(&mut self) -> Report {
        let mut traces: Vec<Vec<SpanData>> = self.held.drain().map(|(_, spans)| spans).collect();
        traces.sort_by_key(|spans| spans.iter().map(|span| span.start_time).min());
        // Every trace is tried, whatever became of the one before.
        let reports = traces.iter().map(|spans| self.print(spans));
        reports.fold(Report::default(), Report::and)
    }
}

impl Exporter for Console {
    fn export(&mut self, batch: Vec<SpanData>) -> Report {
        let mut complete = Vec::new();
        self.spans += batch.len();
        for span in batch {
            let trace = span.span_context.trace_id();
            if span.parent_span_id == SpanId::INVALID || span.parent_span_is_remote {
                complete.push(trace);
            }
            self.held.entry(trace).or_default().push(span);
        }
        let mut report = Report::default();
        for trace in complete {
            if let Some(spans) = self.held.remove(&trace) {
                report = report.and(self.print(&spans));
            }
        }
        if self.spans > MAX_HELD {
            report = report.and(self.print_held());
        }
        report
    }

    fn flush(&mut self) {
        let _ = self.print_held();
    }

    fn shutdown(&mut self) {
        let _ = self.print_held();
    }
}

impl fmt::Debug for Console {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Console")
            .field("style", &self.style)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
