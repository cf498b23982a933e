//! `cargo observed verify FILE`: an exported trace holds nothing that the lock does not list.

use std::collections::BTreeSet;
use std::path::Path;

use super::shared::print;
use crate::catalogue::Level;
use crate::cli::{FindingFormat, Shared};
use crate::exit;
use crate::failure::{Failure, Result};
use crate::lock::{self, Line, Lock};
use crate::output;
use crate::packages;
use crate::people;
use crate::place::Place;
use crate::rules::Finding;
use crate::site::{What, exported};
use crate::trace::{self, Record};

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
    let levels = people::read(&packages.root)?.unwrap_or_default().levels;
    let level = levels.get("R21-unlisted").copied();
    let records = trace::read(file)?;
    // A trace says the same a thousand times.
    let unlisted: BTreeSet<String> = records
        .iter()
        .flat_map(|record| unlisted(record, &lock))
        .collect();
    let place = Place::top(&file.to_string_lossy());
    let found = unlisted.into_iter().map(|message| {
        let finding = Finding::new("R21-unlisted", &place, message);
        Finding {
            level: level.unwrap_or(finding.level),
            ..finding
        }
    });
    let found: Vec<Finding> = found.filter(|it| it.level != Level::Allow).collect();
    let (format, root) = (FindingFormat::Short, &packages.root);
    print(&output::written(&found, format, root, false));
    let spans = records.iter().filter(|it| it.what == What::Span).count();
    shared.say(&format!(
        "{spans} spans, {} things that {} does not list",
        found.len(),
        lock::FILE
    ));
    Ok(if found.iter().any(|it| it.level == Level::Deny) {
        exit::FINDINGS
    } else {
        exit::CLEAN
    })
}

/// What of a record the lock does not list.
fn unlisted(record: &Record, lock: &Lock) -> Vec<String> {
    let (what, name) = (record.what.word(), &record.name);
    if is_bare(record) {
        return Vec::new();
    }
    let lines: Vec<&Line> = lock
        .lines
        .iter()
        .filter(|line| line.what == what && line.is_called(name))
        .collect();
    if lines.is_empty() {
        return vec![format!("{what} `{name}`")];
    }
    let mut found = Vec::new();
    for (key, ty) in &record.attributes {
        let listed = || lines.iter().flat_map(|line| &line.keys);
        let mut types = listed()
            .filter(|it| it.key == *key)
            .map(|it| exported(&it.ty));
        let mut others = types.clone();
        let left = ty.and_then(exported);
        match (types.next(), left) {
            (None, _) if OWN.contains(&key.as_str()) => {}
            (None, _) => found.push(format!("key `{key}` of {what} `{name}`")),
            // A type that the lock does not know is any.
            (Some(_), Some(left)) if others.all(|it| it.is_some_and(|it| it != left)) => {
                found.push(format!("{left} as key `{key}` of {what} `{name}`"));
            }
            _ => {}
        }
    }
    found
}

/// True for a span that says nothing but where it stands in its tree.
fn is_bare(record: &Record) -> bool {
    let mut keys = record.attributes.iter().map(|(key, _)| key);
    record.what == What::Span
        && record.name == UNREVIEWED
        && !record.has_more
        && keys.all(|key| key == "observed.partial")
}
