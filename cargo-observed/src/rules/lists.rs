//! R21: lists elsewhere that must agree with the lock.

use super::evidence::Evidence;
use super::finding::Finding;
use crate::lists;
use crate::place::Place;

pub(super) fn found(evidence: &Evidence<'_>) -> Vec<Finding> {
    let root = &evidence.survey.packages.root;
    let settings = &evidence.people.settings;
    let mut findings = Vec::new();
    let mut look = |file: &Option<String>, differs: &dyn Fn(&str) -> Option<String>| {
        let Some(file) = file else { return };
        let text = std::fs::read_to_string(root.join(file));
        let message = match text {
            Ok(text) => differs(&text),
            Err(error) => Some(format!("{file} cannot be read: {error}")),
        };
        let place = Place::top(file);
        findings.extend(message.map(|it| Finding::new("R21-lists-disagree", &place, it)));
    };
    let keys = lists::keys(evidence.now);
    look(&settings.allowlist, &|text| {
        let is_same = text.trim() == lists::allowlist(&keys);
        (!is_same).then(|| "the allow-list is not what observed.lock makes it".to_owned())
    });
    look(&settings.collector, &|text| {
        let missing: Vec<&String> = keys.iter().filter(|key| !lists::holds(text, key)).collect();
        let listed: Vec<&str> = missing.iter().map(|it| it.as_str()).collect();
        (!listed.is_empty()).then(|| format!("allowed_keys lacks {}", listed.join(", ")))
    });
    findings
}
