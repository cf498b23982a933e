//! R3: names of spans tell them apart.

use std::collections::BTreeMap;

use super::evidence::{Evidence, members};
use super::finding::Finding;
use crate::site::{Site, What};

pub(super) fn found(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut by_name: BTreeMap<&str, Vec<&Site>> = BTreeMap::new();
    // A name of a method and a template is as often the same as there are annotations that know neither.
    let is_route = |site: &&Site| site.name.contains(' ');
    for site in members(evidence).filter(|site| !is_route(site)) {
        by_name.entry(&site.name).or_default().push(site);
    }
    let mut findings = duplicates(&by_name);
    findings.extend(similar(&by_name));
    findings.extend(members(evidence).filter_map(unit));
    findings
}

/// An event may be told at several places, and one function have several forms for several platforms.
fn duplicates(by_name: &BTreeMap<&str, Vec<&Site>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for sites in by_name.values() {
        let spans: Vec<_> = sites
            .iter()
            .filter(|site| site.what == What::Span)
            .collect();
        for (number, site) in spans.iter().enumerate().skip(1) {
            let first = spans[..number].iter().find(|it| it.path != site.path);
            if let Some(first) = first {
                let message = format!("`{}` is the name of {} too", site.name, first.path);
                findings.push(Finding::of("R3-duplicate-name", site, message));
            }
        }
    }
    findings
}

fn similar(by_name: &BTreeMap<&str, Vec<&Site>>) -> Vec<Finding> {
    let names: Vec<&str> = by_name.keys().copied().collect();
    let mut findings = Vec::new();
    for (number, name) in names.iter().enumerate() {
        if let Some(other) = names[..number].iter().find(|other| is_slip(other, name)) {
            let message = format!("`{name}` is nearly `{other}`");
            findings.extend(
                by_name[name]
                    .first()
                    .map(|site| Finding::of("R3-similar-name", site, message)),
            );
        }
    }
    findings
}

/// Below this length names that differ by one letter are different words.
const SHORTEST: usize = 6;

/// Whether one name is the other with one slip; `step_1` and `step_2` are two names.
pub(crate) fn is_slip(a: &str, b: &str) -> bool {
    let joined = |name: &str| name.replace(['.', '_'], "");
    if joined(a) == joined(b) {
        return true;
    }
    let letters = |name: &str| {
        name.trim_end_matches(|it: char| it.is_ascii_digit())
            .to_owned()
    };
    letters(a) != letters(b) && a.len().min(b.len()) >= SHORTEST && strsim::osa_distance(a, b) <= 1
}

const UNITS: &[&str] = &[
    "ms", "us", "ns", "secs", "seconds", "millis", "bytes", "kb", "mb", "percent",
];

fn unit(site: &Site) -> Option<Finding> {
    let last = site.name.rsplit(['.', '_']).next()?;
    let is_unit = site.what == What::Span && last != site.name && UNITS.contains(&last);
    is_unit.then(|| {
        let message = format!("`{}` ends with the unit `{last}`", site.name);
        Finding::of("R3-unit-in-name", site, message)
    })
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn a_slip_is_one_letter_or_another_joint() {
        for (a, b) in [
            ("price_order", "prise_order"),
            ("price_order", "price_oder"),
            ("price_order", "pirce_order"),
            ("price.order", "price_order"),
        ] {
            assert!(is_slip(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("step_1", "step_2"),
            ("read", "reap"),
            ("gate_action", "gate_caller"),
        ] {
            assert!(!is_slip(a, b), "{a} {b}");
        }
    }
}
