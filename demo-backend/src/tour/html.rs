//! The tour as one page: each request with its answer and its trace.

use observed_viewer::Note;
use opentelemetry_sdk::trace::SpanData;

use super::taken::Taken;

/// Writes the page.
pub(super) fn page(service: &str, taken: &[Taken]) -> String {
    let spans: Vec<SpanData> = taken.iter().flat_map(|step| step.spans.clone()).collect();
    let notes: Vec<Note> = taken.iter().map(note).collect();
    observed_viewer::file(service, &spans, &notes)
}

fn note(step: &Taken) -> Note {
    let first = step.spans.first();
    Note {
        trace: first.map(|span| span.span_context.trace_id()),
        title: step.title.to_owned(),
        text: format!("{} {}", step.status, step.body),
    }
}
