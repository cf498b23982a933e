//! R1, R21: the types of keys.

use std::collections::BTreeMap;

use super::evidence::{Evidence, members};
use super::finding::Finding;
use crate::people::lists;
use crate::site::{Class, Recorded, Site, exported};

pub(super) fn found(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = two_types(evidence);
    let switched_off = &evidence.people.settings.unknown_types;
    for site in members(evidence).filter(|site| !lists(switched_off, &site.package)) {
        for key in site.keys.iter().filter(|key| key.class == Class::Unknown) {
            let message = format!("the type of `{}` is not shown", key.key);
            findings.push(at(key, Finding::of("R21-unknown-type", site, message)));
        }
    }
    findings
}

fn two_types(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut first: BTreeMap<&str, (&'static str, &Site)> = BTreeMap::new();
    let mut findings = Vec::new();
    for site in members(evidence) {
        for key in &site.keys {
            let Some(ty) = exported(&key.ty) else {
                continue;
            };
            let (known, other) = first.entry(&key.key).or_insert((ty, site));
            if *known != ty {
                let message = format!("`{}` is {ty} here and {known} in `{}`", key.key, other.name);
                findings.push(at(key, Finding::of("R1-key-types", site, message)));
            }
        }
    }
    findings
}

/// A finding about a key points at the key.
pub(super) fn at(key: &Recorded, finding: Finding) -> Finding {
    match key.places.first() {
        Some(place) => Finding {
            place: place.clone(),
            ..finding
        },
        None => finding,
    }
}
