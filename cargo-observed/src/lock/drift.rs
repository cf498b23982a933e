//! Where the sources and the lock, or two revisions of the sources, are not the same.

use std::collections::BTreeMap;

use super::{Line, Lock};
use crate::people::Renames;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    Added(Line),
    Removed(Line),
    /// The same annotation lets something else out, or stands differently.
    Changed(Line, Line),
    /// What leaves is the same, at another place of the sources.
    Moved(Line, Line),
    /// By another name; what leaves is the same, or people say that it was renamed.
    Renamed(Line, Line),
}

impl Difference {
    /// The name under which it is looked for.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Added(line)
            | Self::Removed(line)
            | Self::Changed(_, line)
            | Self::Moved(_, line)
            | Self::Renamed(_, line) => &line.name,
        }
    }
}

/// Lists the differences from `before` to `after`.
pub(crate) fn differences(before: &Lock, after: &Lock, renames: &Renames) -> Vec<Difference> {
    let (mut old, mut new) = (counted(before), counted(after));
    old.retain(|line, number| {
        let same = new.remove(line).unwrap_or(0).min(*number);
        same == 0
    });
    let (mut old, mut new): (Vec<Line>, Vec<Line>) =
        (old.into_keys().collect(), new.into_keys().collect());
    let mut found = Vec::new();
    pair(
        &mut old,
        &mut new,
        |a, b| (&a.name, &a.path) == (&b.name, &b.path),
        |a, b| {
            found.push(Difference::Changed(a, b));
        },
    );
    pair(
        &mut old,
        &mut new,
        |a, b| a.name == b.name && a.what_leaves() == b.what_leaves(),
        |a, b| {
            found.push(Difference::Moved(a, b));
        },
    );
    pair(
        &mut old,
        &mut new,
        |a, b| a.path == b.path && a.what_leaves() == b.what_leaves(),
        |a, b| {
            found.push(Difference::Renamed(a, b));
        },
    );
    pair(
        &mut old,
        &mut new,
        |a, b| a.what == b.what && renames.leads(&a.name, &b.name),
        |a, b| {
            found.push(Difference::Renamed(a, b));
        },
    );
    found.extend(old.into_iter().map(Difference::Removed));
    found.extend(new.into_iter().map(Difference::Added));
    found.sort_by(|a, b| a.name().cmp(b.name()));
    found
}

fn counted(lock: &Lock) -> BTreeMap<Line, usize> {
    let mut counted = BTreeMap::new();
    for line in &lock.lines {
        *counted.entry(line.clone()).or_insert(0) += 1;
    }
    counted
}

fn pair(
    old: &mut Vec<Line>,
    new: &mut Vec<Line>,
    is_same: impl Fn(&Line, &Line) -> bool,
    mut found: impl FnMut(Line, Line),
) {
    old.retain(
        |before| match new.iter().position(|after| is_same(before, after)) {
            Some(at) => {
                found(before.clone(), new.remove(at));
                false
            }
            None => true,
        },
    );
}
