//! A list in TOML.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use tracing_core::Level;

use super::listed::{Kind, Listed};
use super::mistake::Mistakes;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    span: Vec<Spanned<OfSpan>>,
    #[serde(default)]
    event: Vec<Spanned<OfEvent>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfSpan {
    target: String,
    name: String,
    #[serde(rename = "as")]
    exported: Option<String>,
    level: Option<Spanned<String>>,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    numbers: Vec<Spanned<String>>,
    #[serde(default)]
    flags: Vec<Spanned<String>>,
    #[serde(default)]
    public: Vec<Spanned<String>>,
    #[serde(default)]
    not_pii: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfEvent {
    target: String,
    name: Option<String>,
    #[serde(rename = "as")]
    exported: String,
    level: Option<Spanned<String>>,
    #[serde(default)]
    numbers: Vec<Spanned<String>>,
    #[serde(default)]
    flags: Vec<Spanned<String>>,
    #[serde(default)]
    public: Vec<Spanned<String>>,
    #[serde(default)]
    not_pii: BTreeMap<String, String>,
}

pub(super) fn read(text: &str) -> Result<Vec<Listed>, Mistakes> {
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line_of(text, span.start));
        Mistakes::one(line, error.message().trim_end().to_owned())
    })?;
    let spans = file.span.into_iter().map(|entry| {
        let line = line_of(text, entry.span().start);
        let entry = entry.into_inner();
        let mut listed = Listed::new(true, &entry.target, Some(entry.name));
        (listed.exported, listed.line, listed.scope) = (entry.exported, Some(line), entry.scope);
        let fields = [entry.numbers, entry.flags, entry.public];
        completed(listed, text, entry.level, fields, entry.not_pii)
    });
    let events = file.event.into_iter().map(|entry| {
        let line = line_of(text, entry.span().start);
        let entry = entry.into_inner();
        let mut listed = Listed::new(false, &entry.target, entry.name);
        (listed.exported, listed.line) = (Some(entry.exported), Some(line));
        let fields = [entry.numbers, entry.flags, entry.public];
        completed(listed, text, entry.level, fields, entry.not_pii)
    });
    let entries: Result<Vec<Listed>, Mistakes> = spans.chain(events).collect();
    let mut entries = entries?;
    entries.sort_by_key(|entry| entry.line);
    Ok(entries)
}

/// The entry with its level, its fields and its reasons.
fn completed(
    mut listed: Listed,
    text: &str,
    level: Option<Spanned<String>>,
    fields: [Vec<Spanned<String>>; 3],
    reasons: BTreeMap<String, String>,
) -> Result<Listed, Mistakes> {
    if let Some(level) = level {
        let line = line_of(text, level.span().start);
        let word = level.into_inner();
        listed.level = level_of(&word).ok_or_else(|| {
            let expected = "expected \"error\", \"warn\", \"info\", \"debug\" or \"trace\"";
            Mistakes::one(Some(line), format!("level {word:?}: {expected}"))
        })?;
    }
    for (kind, keys) in [Kind::Number, Kind::Flag, Kind::Public]
        .into_iter()
        .zip(fields)
    {
        for key in keys {
            let line = line_of(text, key.span().start);
            listed = listed.field(key.get_ref(), kind, Some(line));
        }
    }
    listed.reasons = reasons.into_iter().collect();
    Ok(listed)
}

fn level_of(word: &str) -> Option<Level> {
    let level = match word {
        "error" => Level::ERROR,
        "warn" => Level::WARN,
        "info" => Level::INFO,
        "debug" => Level::DEBUG,
        "trace" => Level::TRACE,
        _ => return None,
    };
    Some(level)
}

/// The line, from 1, of a place in the text.
fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().iter().take(at);
    before.filter(|byte| **byte == b'\n').count() + 1
}
