//! Findings with their source, as the compiler shows its own.

use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::shown::source;
use crate::catalogue::Level as Weight;
use crate::place::Place;
use crate::rules::Finding;

pub(super) fn written(findings: &[Finding], root: &Path, is_colored: bool) -> String {
    let renderer = if is_colored {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    findings.iter().map(|it| one(it, root, &renderer)).collect()
}

fn one(finding: &Finding, root: &Path, renderer: &Renderer) -> String {
    let text = source(root, &finding.place.file);
    let level = match finding.level {
        Weight::Deny => Level::ERROR,
        _ => Level::WARNING,
    };
    let title = format!("{} [{}]", finding.message, finding.id);
    let snippet = Snippet::source(text.as_str())
        .path(finding.place.file.as_str())
        .annotation(AnnotationKind::Primary.span(range(&finding.place, &text)));
    let mut group = level.primary_title(title.as_str()).element(snippet);
    if !finding.remedy().is_empty() {
        group = group.element(Level::HELP.message(finding.remedy()));
    }
    format!("{}\n\n", renderer.render(&[group]))
}

/// The bytes of a place; of a place that is only a line, that line.
fn range(place: &Place, text: &str) -> Range<usize> {
    let range = place.bytes.range();
    if !range.is_empty() && text.get(range.clone()).is_some() {
        return range;
    }
    let start: usize = text
        .split_inclusive('\n')
        .take(place.line.saturating_sub(1))
        .map(str::len)
        .sum();
    let line = text[start..].lines().next().unwrap_or_default();
    start..start + line.len()
}
