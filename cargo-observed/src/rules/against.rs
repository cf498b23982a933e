//! R21: what a change does, seen from the revision before it.

use std::collections::BTreeSet;

use super::evidence::{Evidence, members};
use super::finding::Finding;
use crate::lock::{self, Difference, Line};
use crate::place::Place;
use crate::site::{self, Site};

pub(super) fn found(evidence: &Evidence<'_>) -> Vec<Finding> {
    let Some(before) = evidence.before else {
        return Vec::new();
    };
    let is_member = |line: &Line| members(evidence).any(|site| is_of(site, line));
    let mut now = evidence.now.clone();
    now.lines.retain(is_member);
    // How a site stands is no part of what a change annotates.
    let plain = |lock: &lock::Lock| {
        let mut lock = lock.clone();
        lock.lines
            .iter_mut()
            .for_each(|line| line.standing = crate::people::Standing::New);
        lock
    };
    let differences = lock::differences(&plain(before), &plain(&now), &evidence.people.renames);
    let mut findings = too_much(&differences, evidence);
    for difference in &differences {
        match difference {
            Difference::Changed(old, new) | Difference::Renamed(old, new) => {
                keys(old, Some(new), evidence, &mut findings);
            }
            Difference::Removed(old) => keys(old, None, evidence, &mut findings),
            _ => {}
        }
    }
    findings
}

fn is_of(site: &Site, line: &Line) -> bool {
    site.name == line.name && site.path == line.path
}

fn too_much(differences: &[Difference], evidence: &Evidence<'_>) -> Vec<Finding> {
    let added = differences.iter().filter_map(|it| match it {
        Difference::Added(line) => members(evidence).find(|site| is_of(site, line)),
        _ => None,
    });
    let added: Vec<&Site> = added.collect();
    let settings = &evidence.people.settings;
    let mut findings = Vec::new();
    let Some(first) = added.first() else {
        return findings;
    };
    if added.len() > settings.max_new {
        let message = format!(
            "this change annotates {} places, and {} are allowed (max-new)",
            added.len(),
            settings.max_new
        );
        findings.push(Finding::new("R21-max-new", &first.place, message));
    }
    let modules: BTreeSet<String> = added.iter().map(|site| site.top_module()).collect();
    if modules.len() > settings.max_modules {
        let listed: Vec<&str> = modules.iter().map(String::as_str).collect();
        let message = format!(
            "this change annotates in {} modules, and {} is allowed (max-modules): {}",
            modules.len(),
            settings.max_modules,
            listed.join(", ")
        );
        findings.push(Finding::new("R21-max-modules", &first.place, message));
    }
    findings
}

fn keys(old: &Line, new: Option<&Line>, evidence: &Evidence<'_>, findings: &mut Vec<Finding>) {
    let place = new.and_then(|line| members(evidence).find(|site| is_of(site, line)));
    let place = place.map_or_else(|| Place::top(lock::FILE), |site| site.place.clone());
    for was in &old.keys {
        let key = &was.key;
        let is = new.and_then(|line| line.key_after(key, &evidence.people.renames));
        match is {
            None => {
                let message = format!("`{}` no longer records `{key}`", old.name);
                findings.push(Finding::new("R21-removed-key", &place, message));
            }
            Some(is) => {
                let (a, b) = (site::exported(&was.ty), site::exported(&is.ty));
                if let (Some(a), Some(b)) = (a, b)
                    && a != b
                {
                    let message = format!("`{key}` of `{}` was {a} and is {b}", old.name);
                    findings.push(Finding::new("R21-retyped-key", &place, message));
                }
            }
        }
    }
}
