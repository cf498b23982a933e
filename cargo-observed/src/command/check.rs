//! `cargo observed check`

use std::collections::BTreeMap;

use super::revision;
use super::shared::{decided, print};
use crate::catalogue::Level;
use crate::cli::{FindingFormat, Shared};
use crate::day;
use crate::exit;
use crate::failure::Result;
use crate::git;
use crate::lock::Lock;
use crate::output;
use crate::people::{People, Standing};
use crate::rules::{self, Evidence, Finding};
use crate::site::Site;
use crate::survey;

/// Compares with the lock, runs the rules, and prints what they found.
pub(super) fn run(shared: &Shared, against: Option<&str>, format: FindingFormat) -> Result<u8> {
    let survey = shared.survey()?;
    let people = decided(&survey)?;
    let root = survey::root(&survey.packages);
    let lock = Lock::read(root)?;
    let before = against.map(|rev| revision::lock(root, rev)).transpose()?;
    let evidence = Evidence {
        survey: &survey,
        people: &people,
        lock: lock.as_ref(),
        now: &Lock::of(&survey.sites, &people),
        before: before.as_ref(),
        authors: &authors(&survey, &people),
        today: &day::today(),
    };
    let mut findings = rules::check(&evidence);
    findings.retain(|it| {
        it.package
            .as_ref()
            .is_none_or(|package| shared.shows(package))
    });
    print(&output::written(
        &findings,
        format,
        root,
        shared.is_colored(),
    ));
    let denied = findings.iter().filter(|it| it.level == Level::Deny).count();
    if matches!(format, FindingFormat::Human) {
        shared.say(&summary(&survey, &findings, denied));
    }
    Ok(if denied > 0 {
        exit::FINDINGS
    } else {
        exit::CLEAN
    })
}

/// Who wrote what a review holds of; where git does not know, nobody.
fn authors(survey: &survey::Survey, people: &People) -> BTreeMap<String, String> {
    let root = survey::root(&survey.packages);
    let reviewed = survey
        .sites
        .iter()
        .filter(|site| people.standing(site) == Standing::Reviewed);
    let author = |site: &Site| Some((site.name.clone(), git::author(root, &site.place)?));
    reviewed.filter_map(author).collect()
}

fn summary(survey: &survey::Survey, findings: &[Finding], denied: usize) -> String {
    let size = survey.size;
    format!(
        "{} spans and events in {} lines of {} files, {} of them parsed: {denied} errors, {} warnings",
        survey.sites.len(),
        size.lines,
        size.files,
        size.parsed,
        findings.len() - denied
    )
}
