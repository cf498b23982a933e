//! The tour as one page: a waterfall of each trace, without a script and without anything from elsewhere.

use std::fmt::Write;
use std::time::Duration;

use opentelemetry::SpanId;
use opentelemetry::trace::Status;
use opentelemetry_sdk::trace::SpanData;

use super::taken::Taken;

const STYLE: &str = include_str!("page.css");

/// Writes the page.
pub(super) fn page(taken: &[Taken]) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Traces of demo-backend</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<style>{STYLE}</style></head><body>\n\
         <h1>Traces of demo-backend</h1>\n\
         <p>Each bar is a function that carries <code>#[observed]</code>. Red ones failed. A span shows what was named in \
         its annotation, and nothing else.</p>\n"
    );
    for step in taken {
        section(&mut page, step);
    }
    page.push_str("</body></html>\n");
    page
}

fn section(page: &mut String, step: &Taken) {
    let _ = write!(
        page,
        "<section><h2>{}</h2>\n<p class=\"answer\"><b>{}</b> <code>{}</code></p>\n",
        escaped(step.title),
        step.status,
        escaped(&step.body)
    );
    let begin = step.spans.iter().map(|span| span.start_time).min();
    let end = step.spans.iter().map(|span| span.end_time).max();
    let (Some(begin), Some(end)) = (begin, end) else {
        page.push_str(
            "<p>No span: it was refused before there was anything to trace.</p></section>\n",
        );
        return;
    };
    let whole = end.duration_since(begin).unwrap_or_default();
    page.push_str("<ol class=\"waterfall\">\n");
    for (depth, span) in in_order(&step.spans) {
        let offset = span.start_time.duration_since(begin).unwrap_or_default();
        row(page, span, depth, share(offset, whole), whole);
    }
    page.push_str("</ol></section>\n");
}

/// Orders spans depth first, children by their start.
fn in_order(spans: &[SpanData]) -> Vec<(usize, &SpanData)> {
    let is_here = |id: SpanId| spans.iter().any(|span| span.span_context.span_id() == id);
    let mut ordered = Vec::new();
    let mut waiting: Vec<(usize, &SpanData)> = spans
        .iter()
        .rev()
        .filter(|span| !is_here(span.parent_span_id))
        .map(|span| (0, span))
        .collect();
    while let Some((depth, span)) = waiting.pop() {
        ordered.push((depth, span));
        let id = span.span_context.span_id();
        let children = spans
            .iter()
            .rev()
            .filter(|child| child.parent_span_id == id);
        waiting.extend(children.map(|child| (depth + 1, child)));
    }
    ordered
}

fn row(page: &mut String, span: &SpanData, depth: usize, left: f64, whole: Duration) {
    let lasted = span.end_time.duration_since(span.start_time);
    let lasted = lasted.unwrap_or_default();
    let failed = matches!(span.status, Status::Error { .. });
    let attributes: Vec<String> = span
        .attributes
        .iter()
        .map(|pair| format!("{}={}", pair.key, pair.value))
        .collect();
    let attributes = escaped(&attributes.join("  "));
    let _ = writeln!(
        page,
        "<li{}><span class=\"name\" style=\"padding-left:{}em\">{}</span><span class=\"line\"><span class=\"bar\" \
         style=\"left:{left:.3}%;width:{:.3}%\"></span></span><span class=\"time\">{}</span>\
         <span class=\"attributes\" title=\"{attributes}\">{attributes}</span></li>",
        if failed { " class=\"failed\"" } else { "" },
        depth,
        escaped(&span.name),
        share(lasted, whole),
        shown(lasted)
    );
}

fn shown(lasted: Duration) -> String {
    let microseconds = lasted.as_secs_f64() * 1e6;
    if microseconds < 1_000.0 {
        format!("{microseconds:.1} µs")
    } else {
        format!("{:.2} ms", microseconds / 1e3)
    }
}

fn share(part: Duration, whole: Duration) -> f64 {
    if whole.is_zero() {
        return 0.0;
    }
    part.as_secs_f64() / whole.as_secs_f64() * 100.0
}

/// Escapes markup: what a client sent stands in the answer.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
