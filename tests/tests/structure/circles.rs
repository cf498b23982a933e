//! Circles among files, and arrows that run up between floors.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Who names whom.
pub(crate) type Arrows = BTreeMap<PathBuf, BTreeSet<PathBuf>>;

/// The sets of two files or more in which each reaches each.
pub(crate) fn circles(arrows: &Arrows) -> Vec<BTreeSet<PathBuf>> {
    let reached: BTreeMap<&PathBuf, BTreeSet<PathBuf>> = arrows
        .keys()
        .map(|file| (file, reachable(arrows, file)))
        .collect();
    let mut circles = BTreeSet::new();
    for (file, reached_from_it) in &reached {
        let circle: BTreeSet<PathBuf> = reached_from_it
            .iter()
            .filter(|other| reached[other].contains(*file))
            .cloned()
            .collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

fn reachable(arrows: &Arrows, from: &Path) -> BTreeSet<PathBuf> {
    let (mut reached, mut left) = (BTreeSet::new(), vec![from.to_owned()]);
    while let Some(file) = left.pop() {
        for next in &arrows[&file] {
            if reached.insert(next.clone()) {
                left.push(next.clone());
            }
        }
    }
    reached
}

/// The arrows from a lower floor to a higher one; `floors` names each room once, the highest floor first.
pub(crate) fn upward(arrows: &Arrows, floors: &[&[&str]]) -> Vec<String> {
    let floor = |file: &Path| {
        let room = room(file);
        floors
            .iter()
            .position(|rooms| rooms.contains(&room.as_str()))
            .unwrap_or_else(|| panic!("no floor has the room `{room}`: add it to the list"))
    };
    let mut found = Vec::new();
    for (file, named) in arrows {
        for target in named {
            if floor(target) < floor(file) {
                found.push(format!("{} names {}", file.display(), target.display()));
            }
        }
    }
    found
}

/// The folder or the file at the top of the crate that a file belongs to.
fn room(file: &Path) -> String {
    let first = file.iter().next().unwrap().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}
