//! `cargo observed diff A..B`

use super::revision;
use super::shared::{decided, print};
use crate::cli::{DiffFormat, Shared};
use crate::exit;
use crate::failure::Result;
use crate::lock::{self, Difference, Line, Listed, Lock};
use crate::people::{People, Renames};
use crate::rules;
use crate::site;
use crate::survey;

/// What a change does, the widest first.
const PARTS: &[&str] = &["Widens", "Retyped", "Renamed", "Removed", "Moved", "Other"];

/// Shows what changed between two revisions.
pub(super) fn run(shared: &Shared, range: &str, format: DiffFormat) -> Result<u8> {
    let survey = shared.survey()?;
    let root = survey::root(&survey.packages);
    let (from, to) = range.split_once("..").unwrap_or((range, ""));
    let before = revision::lock(root, if from.is_empty() { "HEAD" } else { from })?;
    let after = if to.is_empty() {
        let sites: Vec<_> = survey
            .sites
            .iter()
            .filter(|site| site.is_member)
            .cloned()
            .collect();
        Lock::of(&sites, &People::default())
    } else {
        revision::lock(root, to)?
    };
    let mut changes = Vec::new();
    let renames = &decided(&survey)?.renames;
    for difference in lock::differences(&before, &after, renames) {
        said(&difference, renames, &mut changes);
    }
    print(&written(&changes, format));
    Ok(exit::CLEAN)
}

/// One thing that changed: its part, and a line about it.
type Change = (usize, String);

fn said(difference: &Difference, renames: &Renames, changes: &mut Vec<Change>) {
    match difference {
        Difference::Added(line) => {
            let keys: Vec<String> = line.keys.iter().map(shown).collect();
            let keys = if keys.is_empty() {
                "no key".to_owned()
            } else {
                keys.join(", ")
            };
            changes.push((
                0,
                format!("new {} `{}` in {}: {keys}", line.what, line.name, line.path),
            ));
        }
        Difference::Removed(line) => {
            changes.push((3, format!("{} `{}` in {}", line.what, line.name, line.path)));
        }
        Difference::Moved(old, new) => {
            changes.push((4, format!("`{}`: {} -> {}", new.name, old.path, new.path)));
        }
        Difference::Renamed(old, new) => {
            changes.push((2, format!("`{}` -> `{}`", old.name, new.name)));
            if old.what_leaves() != new.what_leaves() {
                changed(old, new, renames, changes);
            }
        }
        Difference::Changed(old, new) => changed(old, new, renames, changes),
    }
}

fn changed(old: &Line, new: &Line, renames: &Renames, changes: &mut Vec<Change>) {
    let (name, before) = (&new.name, changes.len());
    for key in &new.keys {
        let was = old.keys.iter().find(|was| {
            new.key_after(&was.key, renames)
                .is_some_and(|it| it.key == key.key)
        });
        if let Some(was) = was.filter(|was| was.key != key.key) {
            changes.push((2, format!("`{name}`: key {} -> {}", was.key, key.key)));
        }
        match was {
            None => changes.push((0, format!("`{name}`: new key {}", shown(key)))),
            Some(was) if widens(was, key) => {
                changes.push((0, format!("`{name}`: {} -> {}", shown(was), shown(key))));
            }
            Some(was) if site::exported(&was.ty) != site::exported(&key.ty) || was.ty != key.ty => {
                changes.push((1, format!("`{name}`: {} -> {}", shown(was), shown(key))));
            }
            Some(_) => {}
        }
    }
    for key in old
        .keys
        .iter()
        .filter(|it| new.key_after(&it.key, renames).is_none())
    {
        changes.push((3, format!("`{name}`: key {}", shown(key))));
    }
    if changes.len() == before || old.also != new.also {
        changes.push((5, format!("`{name}`: {}", rules::changes(old, new))));
    }
}

/// Whether a key lets out what it did not: by a wrapper, by an override, by a variant.
fn widens(was: &Listed, is: &Listed) -> bool {
    let words = |it: &Listed| -> Vec<String> {
        let class = it
            .classes
            .split('+')
            .filter(|it| it.starts_with("public") || it.starts_with("not_pii"));
        class.map(str::to_owned).collect()
    };
    let variants = |it: &Listed| -> Vec<String> {
        let inside = it.ty.split_once('{').and_then(|it| it.1.strip_suffix('}'));
        inside
            .map(|it| it.split('|').map(str::to_owned).collect())
            .unwrap_or_default()
    };
    let has_new = |was: Vec<String>, is: Vec<String>| is.iter().any(|it| !was.contains(it));
    has_new(words(was), words(is))
        || (!variants(was).is_empty() && has_new(variants(was), variants(is)))
}

fn shown(key: &Listed) -> String {
    format!("{} ({}, {})", key.key, key.ty, key.classes)
}

fn written(changes: &[Change], format: DiffFormat) -> String {
    if changes.is_empty() {
        return "Nothing that leaves changed.\n".to_owned();
    }
    let mut text = String::new();
    for (number, part) in PARTS.iter().enumerate() {
        let lines: Vec<&str> = changes
            .iter()
            .filter(|it| it.0 == number)
            .map(|it| it.1.as_str())
            .collect();
        if lines.is_empty() {
            continue;
        }
        let (head, item) = match format {
            DiffFormat::Markdown => (format!("### {part}\n\n"), "- "),
            DiffFormat::Text => (format!("{part}:\n"), "  "),
        };
        text.push_str(&head);
        text.extend(lines.iter().map(|line| format!("{item}{line}\n")));
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}
