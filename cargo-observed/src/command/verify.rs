//! `cargo observed verify FILE`: an exported trace holds nothing that the lock does not list.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::shared::print;
use crate::cli::Shared;
use crate::exit;
use crate::failure::{Failure, Result};
use crate::lock::{self, Lock};
use crate::packages;

/// Keys that the runtime adds to spans by itself (R1).
const OWN: &[&str] = &[
    "error.type",
    "observed.cancelled",
    "observed.partial",
    "code.function.name",
    "code.file.path",
    "code.line.number",
];

/// The name that the runtime gives to what is left of a span that was not reviewed: a link of the tree, and nothing in it.
const UNREVIEWED: &str = "unreviewed";

/// Looks through a file.
pub(super) fn run(shared: &Shared, file: &Path) -> Result<u8> {
    let packages = packages::read(shared.metadata().no_deps())?;
    let lock = Lock::read(&packages.root)?.ok_or_else(|| {
        Failure::at(
            Path::new(lock::FILE),
            "there is none; `cargo observed init` makes it",
        )
    })?;
    let text = std::fs::read_to_string(file).map_err(|error| Failure::at(file, error))?;
    let mut found = Found::default();
    for value in serde_json::Deserializer::from_str(&text).into_iter::<Value>() {
        let value =
            value.map_err(|error| Failure::at(file, format_args!("this is no JSON: {error}")))?;
        found.look(&value, &lock, file)?;
    }
    if found.spans == 0 {
        return Err(Failure::at(
            file,
            "there is no span; OTLP/JSON has resourceSpans, scopeSpans, spans",
        ));
    }
    for line in &found.unlisted {
        print(&format!("{}: {line} [R21-unlisted]\n", file.display()));
    }
    shared.say(&format!(
        "{} spans, {} things that {} does not list",
        found.spans,
        found.unlisted.len(),
        lock::FILE
    ));
    Ok(if found.unlisted.is_empty() {
        exit::CLEAN
    } else {
        exit::FINDINGS
    })
}

#[derive(Default)]
struct Found {
    spans: usize,
    unlisted: BTreeSet<String>,
}

impl Found {
    fn look(&mut self, value: &Value, lock: &Lock, file: &Path) -> Result<()> {
        for resource in list(value, "resourceSpans") {
            for scope in list(resource, "scopeSpans") {
                for span in list(scope, "spans") {
                    let name = text(span, "name")
                        .ok_or_else(|| Failure::at(file, "a span has no name"))?;
                    self.spans += 1;
                    if name == UNREVIEWED && is_bare(span) {
                        continue;
                    }
                    self.record("span", name, span, lock);
                    for event in list(span, "events") {
                        self.record(
                            "event",
                            text(event, "name").unwrap_or_default(),
                            event,
                            lock,
                        );
                    }
                }
            }
        }
        Ok(())
    }

    fn record(&mut self, what: &str, name: &str, record: &Value, lock: &Lock) {
        let of_name = lock
            .lines
            .iter()
            .filter(|line| line.what == what && line.is_called(name));
        let lines: Vec<_> = of_name.collect();
        if lines.is_empty() {
            self.unlisted.insert(format!("{what} `{name}`"));
            return;
        }
        for attribute in list(record, "attributes") {
            let key = text(attribute, "key").unwrap_or_default();
            let is_listed = lines
                .iter()
                .any(|line| line.keys.iter().any(|it| it.key == key));
            if !is_listed && !OWN.contains(&key) {
                self.unlisted
                    .insert(format!("key `{key}` of {what} `{name}`"));
            }
        }
    }
}

/// True for a span that says nothing but where it stands in its tree.
fn is_bare(span: &Value) -> bool {
    let mut keys = list(span, "attributes").map(|it| text(it, "key"));
    keys.all(|key| key == Some("observed.partial"))
        && ["events", "links"]
            .iter()
            .all(|it| list(span, it).next().is_none())
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}
