//! The list for people: a line for each site, a line for each key with every place that records it.

use std::fmt::Write;

use super::cells::row;
use crate::catalogue;
use crate::people::People;
use crate::site::{Outcome, Recorded, Site};
use crate::survey::PackageFact;

/// Facts that say where the list is not whole.
const UNFOLLOWED: &[&str] = &["R21-in-macro", "R8-written-by-hand", "R2-renamed-macro"];

pub(super) fn written(sites: &[Site], people: &People, facts: &[PackageFact]) -> String {
    let mut text = String::new();
    for site in sites {
        let scope = site
            .scope
            .as_ref()
            .map(|it| format!("  scope={it}"))
            .unwrap_or_default();
        let err = if site.err == Outcome::Unrecorded {
            ""
        } else {
            "  err"
        };
        // A `String` takes whatever is written.
        let _ = writeln!(
            text,
            "{:5} {}  {}  {}{scope}{err}  {}:{}",
            site.what.word(),
            site.name,
            people.standing(site).word(),
            site.path,
            site.place.file,
            site.place.line
        );
        for key in &site.keys {
            let _ = writeln!(
                text,
                "      {}  {}  {}{}",
                key.key,
                key.ty,
                key.classes(),
                records(key)
            );
        }
    }
    // What a rule of the compiler refuses is not built, and not listed.
    let is_compilers = |id: &str| {
        catalogue::find(id).is_none()
            || observed_syntax::Rule::ALL
                .iter()
                .any(|rule| rule.id() == id)
    };
    let is_unfollowed = |id: &str| UNFOLLOWED.contains(&id) || is_compilers(id);
    let unfollowed = facts.iter().filter(|it| is_unfollowed(&it.fact.rule));
    for it in unfollowed {
        let place = &it.fact.place;
        let _ = writeln!(
            text,
            "not followed: {} ({}:{})",
            it.fact.message, place.file, place.line
        );
    }
    text
}

/// Where a late key is recorded.
fn records(key: &Recorded) -> String {
    let places: Vec<String> = key
        .places
        .iter()
        .skip(1)
        .map(|it| format!("{}:{}", it.file, it.line))
        .collect();
    if places.is_empty() {
        String::new()
    } else {
        format!("  at {}", places.join(", "))
    }
}

pub(super) fn markdown(sites: &[Site], people: &People) -> String {
    let mut text = row(["name", "what", "key", "type", "class", "standing", "in"]);
    text.push_str(&row(["---"; 7]));
    for site in sites {
        let standing = people.standing(site).word();
        let head = [site.name.as_str(), site.what.word()];
        for key in &site.keys {
            let classes = key.classes();
            text.push_str(&row(head.into_iter().chain([
                key.key.as_str(),
                &key.ty,
                &classes,
                standing,
                &site.path,
            ])));
        }
        if site.keys.is_empty() {
            text.push_str(&row(head
                .into_iter()
                .chain(["", "", "", standing, &site.path])));
        }
    }
    text
}
