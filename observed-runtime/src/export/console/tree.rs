//! One trace as an indented tree.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::time::Duration;

use opentelemetry::trace::{SpanKind, Status};
use opentelemetry::{KeyValue, SpanId};
use opentelemetry_sdk::trace::SpanData;

use super::style::{Colour, Style};

/// Renders the spans of one trace, children under their parents in the order of their start.
pub(super) fn render(spans: &[SpanData], style: Style) -> String {
    let Some(first) = spans.first() else {
        return String::new();
    };
    let mut children: HashMap<SpanId, Vec<&SpanData>> = HashMap::new();
    let mut roots = Vec::new();
    let here: HashSet<SpanId> = spans
        .iter()
        .map(|span| span.span_context.span_id())
        .collect();
    for span in spans {
        let parent_is_here = here.contains(&span.parent_span_id);
        if parent_is_here && !span.parent_span_is_remote {
            children.entry(span.parent_span_id).or_default().push(span);
        } else {
            roots.push(span);
        }
    }
    roots.sort_by_key(|span| span.start_time);
    for siblings in children.values_mut() {
        siblings.sort_by_key(|span| span.start_time);
    }
    let lines = lines(&roots, &children);
    let header = format!(
        "trace {}  {}",
        first.span_context.trace_id(),
        counted(spans.len())
    );
    let mut text = format!("{}\n", style.paint(&header, Colour::Dim));
    let width = lines.iter().map(Line::width).max().unwrap_or(0);
    for line in lines {
        line.write(width, style, &mut text);
    }
    text
}

fn counted(spans: usize) -> String {
    if spans == 1 {
        "1 span".to_owned()
    } else {
        format!("{spans} spans")
    }
}

struct Line<'a> {
    indent: String,
    /// What stands before the lines of its events.
    below: String,
    span: &'a SpanData,
}

/// The deepest level that is drawn; what is below stands at it, marked with its level.
const MAX_DRAWN: usize = 40;

/// Lists the spans with the branches before them. With a stack of its own: a trace may be deeper than a thread's.
fn lines<'a>(
    roots: &[&'a SpanData],
    children: &HashMap<SpanId, Vec<&'a SpanData>>,
) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let mut stack: Vec<(&SpanData, usize, String, String)> = roots
        .iter()
        .rev()
        .map(|root| (*root, 0, String::new(), String::new()))
        .collect();
    while let Some((span, level, indent, below)) = stack.pop() {
        let siblings = children.get(&span.span_context.span_id());
        let stem = if siblings.is_some() { "│  " } else { "   " };
        lines.push(Line {
            indent,
            below: format!("{below}{stem}"),
            span,
        });
        let Some(siblings) = siblings else {
            continue;
        };
        for (index, child) in siblings.iter().enumerate().rev() {
            let last = index + 1 == siblings.len();
            let (branch, stem) = if last {
                ("└─ ", "   ")
            } else {
                ("├─ ", "│  ")
            };
            let level = level + 1;
            let (indent, below) = if level > MAX_DRAWN {
                (format!("{below}[{level}] "), below.clone())
            } else {
                (format!("{below}{branch}"), format!("{below}{stem}"))
            };
            stack.push((child, level, indent, below));
        }
    }
    lines
}

impl Line<'_> {
    fn width(&self) -> usize {
        self.indent.chars().count() + self.span.name.chars().count()
    }

    fn write(&self, width: usize, style: Style, text: &mut String) {
        let span = self.span;
        let duration = span
            .end_time
            .duration_since(span.start_time)
            .unwrap_or_default();
        let failed = matches!(span.status, Status::Error { .. });
        let name_colour = if failed { Colour::Red } else { Colour::Bold };
        let padding = " ".repeat(width - self.width());
        let mut notes = String::new();
        if span.span_kind != SpanKind::Internal {
            let kind = format!("{:?}", span.span_kind).to_lowercase();
            let _ = write!(notes, "  {}", style.paint(&kind, Colour::Cyan));
        }
        if failed {
            let _ = write!(notes, "  {}", style.paint("ERROR", Colour::Red));
        }
        notes.push_str(&noted(&span.attributes, style));
        let _ = writeln!(
            text,
            "{}{}{padding}  {:>10}{notes}",
            self.indent,
            style.paint(&span.name, name_colour),
            shown(duration),
        );
        for event in &span.events.events {
            let _ = writeln!(
                text,
                "{}• {}{}",
                self.below,
                printable(&event.name),
                noted(&event.attributes, style)
            );
        }
    }
}

/// `  key=value  key=value`
fn noted(attributes: &[KeyValue], style: Style) -> String {
    let mut notes = String::new();
    for attribute in attributes {
        let key = style.paint(&format!("{}=", attribute.key), Colour::Dim);
        let _ = write!(notes, "  {key}{}", printable(&attribute.value.as_str()));
    }
    notes
}

/// A value on one line: control characters would let a value draw over the tree.
fn printable(value: &str) -> String {
    value
        .chars()
        .flat_map(|c| {
            if c.is_control() {
                c.escape_default().collect()
            } else {
                vec![c]
            }
        })
        .collect()
}

/// A duration with two decimals in the unit that fits.
fn shown(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    match duration.as_micros() {
        0..1_000 => format!("{:.2} µs", seconds * 1e6),
        1_000..1_000_000 => format!("{:.2} ms", seconds * 1e3),
        _ => format!("{seconds:.2} s"),
    }
}
