//! Findings in the diagnostic schema of rustc, which editors read.

use std::path::Path;

use serde_json::{Value, json};

use super::shown::{severity, source};
use crate::catalogue::find;
use crate::place::Place;
use crate::rules::Finding;

pub(super) fn written(findings: &[Finding], root: &Path) -> String {
    let lines = findings
        .iter()
        .map(|it| diagnostic(it, root).to_string() + "\n");
    lines.collect()
}

fn diagnostic(finding: &Finding, root: &Path) -> Value {
    let page = find(&finding.id).map(|rule| rule.page);
    let place = &finding.place;
    let help = json!({
        "$message_type": "diagnostic", "message": finding.remedy(), "code": null, "level": "help",
        "spans": [], "children": [], "rendered": null,
    });
    let children = if finding.remedy().is_empty() {
        json!([])
    } else {
        json!([help])
    };
    let level = severity(finding.level);
    json!({
        "$message_type": "diagnostic",
        "message": finding.message,
        "code": { "code": finding.id, "explanation": page },
        "level": level,
        "spans": [span(place, &source(root, &place.file))],
        "children": children,
        "rendered": format!("{level}: {} [{}]\n --> {}:{}:{}\n", finding.message, finding.id, place.file, place.line, place.column),
    })
}

fn span(place: &Place, text: &str) -> Value {
    let bytes = place.bytes.range();
    let inside = text.get(bytes.clone()).unwrap_or_default();
    let last = inside
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count();
    let lines = inside.matches('\n').count();
    let column_end = if lines == 0 {
        place.column + last
    } else {
        last + 1
    };
    let covered = text
        .lines()
        .skip(place.line.saturating_sub(1))
        .take(lines + 1)
        .enumerate();
    let text: Vec<Value> = covered
        .map(|(number, line)| {
            let length = line.chars().count() + 1;
            let start = if number == 0 { place.column } else { 1 };
            let end = if number == lines { column_end } else { length };
            json!({ "text": line, "highlight_start": start, "highlight_end": end })
        })
        .collect();
    json!({
        "file_name": place.file,
        "byte_start": bytes.start, "byte_end": bytes.end,
        "line_start": place.line, "line_end": place.line + lines,
        "column_start": place.column, "column_end": column_end,
        "is_primary": true, "text": text, "label": null,
        "suggested_replacement": null, "suggestion_applicability": null, "expansion": null,
    })
}
