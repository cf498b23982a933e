//! R21: the committed lock is what the sources make.

use super::evidence::Evidence;
use super::finding::Finding;
use crate::lock::{self, Difference, Line};
use crate::place::Place;
use crate::site::Site;

pub(super) fn found(evidence: &Evidence<'_>) -> Vec<Finding> {
    let Some(lock) = evidence.lock else {
        let message = "there is no observed.lock; `cargo observed init` makes it";
        return vec![Finding::new("R21-drift", &Place::top(lock::FILE), message)];
    };
    let found = lock::differences(lock, evidence.now, &evidence.people.renames);
    found
        .iter()
        .map(|difference| finding(difference, evidence))
        .collect()
}

fn finding(difference: &Difference, evidence: &Evidence<'_>) -> Finding {
    let (line, message) = match difference {
        Difference::Added(line) => (line, format!("`{}` is not in observed.lock", line.name)),
        Difference::Removed(line) => (
            line,
            format!("`{}` is in observed.lock and not in the sources", line.name),
        ),
        Difference::Changed(old, line) => (
            line,
            format!(
                "`{}` is not what observed.lock says: {}",
                line.name,
                changes(old, line)
            ),
        ),
        Difference::Moved(old, line) => (
            line,
            format!("`{}` moved from {} to {}", line.name, old.path, line.path),
        ),
        Difference::Renamed(old, line) => (line, format!("`{}` was `{}`", line.name, old.name)),
    };
    match site(line, evidence) {
        Some(site) => Finding::of("R21-drift", site, message),
        None => Finding::new("R21-drift", &Place::top(lock::FILE), message),
    }
}

fn site<'a>(line: &Line, evidence: &Evidence<'a>) -> Option<&'a Site> {
    let mut sites = evidence.survey.sites.iter();
    sites.find(|site| site.name == line.name && site.path == line.path)
}

/// What is different, in words.
pub(crate) fn changes(old: &Line, new: &Line) -> String {
    let mut said = Vec::new();
    for (what, a, b) in [
        ("kind", &old.kind, &new.kind),
        ("form", &old.what, &new.what),
    ] {
        if a != b {
            said.push(format!("{what} {a} -> {b}"));
        }
    }
    for key in &new.keys {
        match old.keys.iter().find(|it| it.key == key.key) {
            None => said.push(format!("new key {} ({}, {})", key.key, key.ty, key.classes)),
            Some(was) if was != key => said.push(format!(
                "{}: {}, {} -> {}, {}",
                key.key, was.ty, was.classes, key.ty, key.classes
            )),
            Some(_) => {}
        }
    }
    let gone = old
        .keys
        .iter()
        .filter(|it| !new.keys.iter().any(|key| key.key == it.key));
    said.extend(gone.map(|key| format!("no key {}", key.key)));
    if old.also != new.also {
        said.push(format!(
            "[{}] -> [{}]",
            old.also.join(" "),
            new.also.join(" ")
        ));
    }
    if said.is_empty() && old.fingerprint != new.fingerprint {
        said.push("an expression".to_owned());
    }
    if old.standing != new.standing {
        said.push(format!(
            "{} -> {}",
            old.standing.word(),
            new.standing.word()
        ));
    }
    if said.is_empty() {
        "the order".to_owned()
    } else {
        said.join("; ")
    }
}
