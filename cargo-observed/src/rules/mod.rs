//! What each rule of the catalogue finds.

mod against;
mod conventions;
mod drift;
mod evidence;
mod finding;
mod lists;
mod manifest;
mod names;
mod overrides;
mod review;
mod types;

use crate::catalogue::{Level, RULES};
pub(crate) use drift::changes;
pub(crate) use evidence::Evidence;
pub(crate) use finding::Finding;

/// Runs every rule; what is allowed is left out, drift comes first.
pub(crate) fn check(evidence: &Evidence<'_>) -> Vec<Finding> {
    let groups = [
        drift::found,
        against::found,
        facts,
        names::found,
        types::found,
        conventions::found,
        overrides::found,
        review::found,
        manifest::found,
        lists::found,
    ];
    let mut findings: Vec<Finding> = groups.iter().flat_map(|group| group(evidence)).collect();
    for finding in &mut findings {
        if let Some(level) = evidence.people.levels.get(&finding.id) {
            finding.level = *level;
        }
    }
    findings.retain(|finding| finding.level != Level::Allow);
    let position = |id: &str| RULES.iter().position(|rule| rule.id == id);
    findings.sort_by(|a, b| {
        (position(&a.id), &a.place, &a.message).cmp(&(position(&b.id), &b.place, &b.message))
    });
    findings
}

/// What was found while the sources were read.
fn facts(evidence: &Evidence<'_>) -> Vec<Finding> {
    let members = evidence.survey.facts.iter().filter(|it| it.is_member);
    let finding = members.map(|it| Finding {
        package: Some(it.package.clone()),
        ..Finding::new(&it.fact.rule, &it.fact.place, it.fact.message.clone())
    });
    finding.collect()
}
