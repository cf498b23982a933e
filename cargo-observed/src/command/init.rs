//! `cargo observed init`

use super::shared::write;
use crate::cli::Shared;
use crate::exit;
use crate::failure::{Failure, Result};
use crate::lock::{self, Lock};
use crate::people;
use crate::survey;

/// Writes both files; what exists becomes exempt.
pub(super) fn run(shared: &Shared) -> Result<u8> {
    let survey = shared.survey()?;
    let root = survey::root(&survey.packages);
    for file in [lock::FILE, people::FILE] {
        if root.join(file).symlink_metadata().is_ok() {
            let message = format!(
                "{file} exists; `cargo observed sync` and `cargo observed review` go on from it"
            );
            return Err(Failure::new(message));
        }
    }
    let text = people::exempt_all(&survey.sites);
    let people = people::parse(&text)?;
    write(&root.join(people::FILE), &text)?;
    write(&lock::path(root), &Lock::of(&survey.sites, &people).text())?;
    shared.say(&format!(
        "{} spans and events are exempt in {}; commit it with {}",
        survey.sites.len(),
        people::FILE,
        lock::FILE
    ));
    Ok(exit::CLEAN)
}
