//! `cargo observed list`

mod cells;
mod json;
mod ropa;
mod table;
mod weaver;

use super::shared::{decided, print};
use crate::cli::{ListFormat, Shared};
use crate::exit;
use crate::failure::Result;
use crate::lists;
use crate::lock::Lock;
use crate::site::Site;

/// Lists what leaves.
pub(super) fn run(shared: &Shared, format: ListFormat) -> Result<u8> {
    let survey = shared.survey()?;
    let people = decided(&survey)?;
    let shown = survey
        .sites
        .iter()
        .filter(|site| shared.shows(&site.package));
    let sites: Vec<Site> = shown.cloned().collect();
    let keys = lists::keys(&Lock::of(&sites, &people));
    let text = match format {
        ListFormat::Table => table::written(&sites, &people, &survey.facts),
        ListFormat::Markdown => table::markdown(&sites, &people),
        ListFormat::Json => json::written(&sites, &people),
        ListFormat::Ropa => ropa::written(&sites, &people),
        ListFormat::Weaver => weaver::written(&sites),
        ListFormat::Allowlist => lists::allowlist(&keys) + "\n",
        ListFormat::Collector => lists::collector(&keys),
    };
    print(&text);
    Ok(exit::CLEAN)
}
