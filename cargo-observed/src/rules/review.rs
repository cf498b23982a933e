//! R21: reviews are of what leaves now, by somebody, and not too old.

use std::collections::BTreeMap;

use super::evidence::{Evidence, members};
use super::finding::Finding;
use crate::people::{self, Review, Standing, lists};
use crate::place::Place;
use crate::site::Site;

pub(super) fn found(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = members(evidence)
        .filter_map(|site| unreviewed(site, evidence))
        .collect();
    for (name, review) in &evidence.people.reviews {
        findings.extend(of_review(name, review, evidence));
    }
    findings.extend(imported(evidence));
    for name in evidence.people.exempt.keys() {
        if !members(evidence).any(|site| site.name == *name) {
            let message = format!("`{name}` is exempt, and there is nothing of that name");
            findings.push(Finding::new(
                "R21-unused-review",
                &Place::top(people::FILE),
                message,
            ));
        }
    }
    findings
}

fn unreviewed(site: &Site, evidence: &Evidence<'_>) -> Option<Finding> {
    let people = evidence.people;
    let standing = people.standing(site);
    let has_text = site
        .keys
        .iter()
        .any(|key| key.wrappers.iter().any(|it| *it != "public_static"));
    let name = &site.name;
    if standing != Standing::Reviewed
        && has_text
        && lists(&people.settings.public_needs_review, &site.package)
    {
        let message = format!("`{name}` lets text out, and nobody reviewed it");
        return Some(Finding::of("R21-unreviewed-text", site, message));
    }
    if standing != Standing::New {
        return None;
    }
    let reviewed = people
        .reviews
        .get(name)
        .is_some_and(|it| !it.seals.is_empty());
    let before = match (reviewed, people.exempt.contains_key(name)) {
        (true, _) => "reviewed",
        (_, true) => "exempt",
        _ => {
            let message = format!("nobody reviewed what `{name}` lets out");
            return Some(Finding::of("R21-unreviewed", site, message));
        }
    };
    let message = format!("what `{name}` lets out changed since it was {before}");
    Some(Finding::of("R21-changed-since-review", site, message))
}

/// What is wrong with the reviews of others that something stands on, and which imports nothing stands on.
fn imported(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for import in &evidence.people.imports {
        let used: BTreeMap<&str, &Review> = evidence
            .survey
            .sites
            .iter()
            .filter_map(|site| Some((site.name.as_str(), import.review(site)?)))
            .collect();
        for (name, review) in &used {
            findings.extend(of_any(name, review, &import.file, evidence));
        }
        if used.is_empty() {
            let place = Place {
                line: import.line,
                ..Place::top(people::FILE)
            };
            let message = format!(
                "no dependency lets out what `{}` has reviews of ({})",
                import.name,
                import.packages.join(", ")
            );
            findings.push(Finding::new("R21-unused-review", &place, message));
        }
    }
    findings
}

/// What is wrong with a review, here or in another repository.
fn of_any(name: &str, review: &Review, file: &str, evidence: &Evidence<'_>) -> Vec<Finding> {
    let place = Place {
        line: review.line,
        ..Place::top(file)
    };
    let mut findings = Vec::new();
    let parts = [
        ("who", review.who.trim().is_empty()),
        ("when", review.when.trim().is_empty()),
        (
            "fingerprint",
            review.seals.iter().all(|it| it.trim().is_empty()),
        ),
    ];
    let missing: Vec<&str> = parts
        .iter()
        .filter(|(_, is)| *is)
        .map(|(it, _)| *it)
        .collect();
    if !missing.is_empty() {
        let message = format!("the review of `{name}` does not say {}", missing.join(", "));
        findings.push(Finding::new("R21-empty-review", &place, message));
    }
    if let Some(day) = review
        .expires
        .as_ref()
        .filter(|day| day.as_str() < evidence.today)
    {
        let message = format!("the review of `{name}` was good until {day}");
        findings.push(Finding::new("R21-expired-review", &place, message));
    }
    findings
}

fn of_review(name: &str, review: &Review, evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = of_any(name, review, people::FILE, evidence);
    let place = Place {
        line: review.line,
        ..Place::top(people::FILE)
    };
    if evidence
        .authors
        .get(name)
        .is_some_and(|author| *author == review.who)
    {
        let message = format!("{} wrote `{name}` and reviewed it", review.who);
        findings.push(Finding::new("R21-self-review", &place, message));
    }
    if !evidence.survey.sites.iter().any(|site| site.name == name) {
        let message = format!("a review of `{name}`, and there is nothing of that name");
        findings.push(Finding::new("R21-unused-review", &place, message));
    }
    findings
}
