//! What leaves of `tracing` libraries: the list that `observed.toml` names.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use observed_tracing::{Kind, List, Listed};
use serde_json::{Value, json};

use super::cells::row;
use crate::failure::{Failure, Result};
use crate::people::Settings;

/// A list, and the file that it is in.
pub(super) struct OfTracing {
    file: String,
    list: List,
}

/// Reads the list that the settings name; what the layer would refuse is a failure here.
pub(super) fn read(root: &Path, settings: &Settings) -> Result<OfTracing> {
    let Some(file) = settings.tracing.clone() else {
        let (file, list) = (String::new(), List::new());
        return Ok(OfTracing { file, list });
    };
    let at = |problem: &dyn std::fmt::Display| Failure::at(Path::new(&file), problem);
    let text = std::fs::read_to_string(root.join(&file)).map_err(|error| at(&error))?;
    let list = List::from_toml(&text).map_err(|mistakes| at(&mistakes))?;
    list.check().map_err(|mistakes| at(&mistakes))?;
    Ok(OfTracing { file, list })
}

fn what(entry: &Listed) -> &'static str {
    if entry.is_span() { "span" } else { "event" }
}

fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "number",
        Kind::Flag => "flag",
        Kind::Public => "public",
    }
}

impl OfTracing {
    /// `keys` and those of the list, sorted.
    pub(super) fn keys(&self, keys: Vec<String>) -> Vec<String> {
        let fields = self.list.entries().iter().flat_map(Listed::fields);
        let fields = fields.map(|(key, _)| key.to_owned());
        let all: BTreeSet<String> = keys.into_iter().chain(fields).collect();
        all.into_iter().collect()
    }

    /// As the sites of annotations are, with `listed` for their standing and the target for their path.
    pub(super) fn written(&self) -> String {
        let mut text = String::new();
        for entry in self.list.entries() {
            let (name, target) = (entry.exported(), entry.target());
            let line = entry.line().unwrap_or_default();
            // A `String` takes whatever is written.
            let _ = writeln!(
                text,
                "{:5} {name}  listed  {target}  {}:{line}",
                what(entry),
                self.file
            );
            for (key, kind) in entry.fields() {
                let reason = entry.reason(key).map(|it| format!("  not_pii={it:?}"));
                let _ = writeln!(
                    text,
                    "      {key}  {}{}",
                    class(kind),
                    reason.unwrap_or_default()
                );
            }
        }
        text
    }

    pub(super) fn markdown(&self) -> String {
        let of_entry = |entry: &Listed| {
            let head = [entry.exported(), what(entry)];
            let of_key = |key: &str, class: &str| {
                row(head
                    .into_iter()
                    .chain([key, "", class, "listed", entry.target()]))
            };
            let mut rows: Vec<String> = entry
                .fields()
                .map(|(key, kind)| of_key(key, class(kind)))
                .collect();
            if rows.is_empty() {
                rows.push(of_key("", ""));
            }
            rows.concat()
        };
        self.list.entries().iter().map(of_entry).collect()
    }

    /// Null where no list is named.
    pub(super) fn json(&self) -> Value {
        if self.file.is_empty() {
            return Value::Null;
        }
        let entry = |entry: &Listed| {
            let keys: Vec<Value> = entry
                .fields()
                .map(|(key, kind)| {
                    json!({ "key": key, "class": class(kind), "not_pii": entry.reason(key) })
                })
                .collect();
            json!({
                "what": what(entry),
                "name": entry.exported(),
                "target": entry.target(),
                "place": { "file": self.file, "line": entry.line() },
                "keys": keys,
            })
        };
        self.list.entries().iter().map(entry).collect()
    }
}
