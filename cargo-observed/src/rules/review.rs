//! R21: reviews are of what leaves now, by somebody, and not too old.

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

fn of_review(name: &str, review: &Review, evidence: &Evidence<'_>) -> Vec<Finding> {
    let place = Place {
        line: review.line,
        ..Place::top(people::FILE)
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
