//! `cargo observed sync`

use std::path::PathBuf;

use super::shared::{decided, print, write};
use crate::cli::Shared;
use crate::exit;
use crate::failure::{Failure, Result};
use crate::lists;
use crate::lock::{self, Lock};
use crate::survey;

/// Writes the lock and the allow-list; it marks nothing as reviewed.
pub(super) fn run(shared: &Shared, only_check: bool) -> Result<u8> {
    let survey = shared.survey()?;
    let people = decided(&survey)?;
    let root = survey::root(&survey.packages);
    let lock = Lock::of(&survey.sites, &people);
    let keys = lists::keys(&lock);
    let mut files: Vec<(PathBuf, String)> = vec![(lock::path(root), lock.text())];
    if let Some(file) = &people.settings.allowlist {
        files.push((root.join(file), lists::allowlist(&keys) + "\n"));
    }
    if let Some(file) = &people.settings.collector {
        let file = root.join(file);
        let text = std::fs::read_to_string(&file).map_err(|error| Failure::at(&file, error))?;
        let added = lists::with_keys(&text, &keys)
            .ok_or_else(|| Failure::at(&file, "there is no list `allowed_keys:` with an entry"))?;
        files.push((file, added));
    }
    files.retain(|(file, text)| std::fs::read_to_string(file).ok().as_ref() != Some(text));
    for (file, text) in &files {
        let shown = file.strip_prefix(root).unwrap_or(file).display();
        if only_check {
            print(&format!("{shown} is stale; run `cargo observed sync`\n"));
        } else {
            write(file, text)?;
            shared.say(&format!("wrote {shown}"));
        }
    }
    Ok(if only_check && !files.is_empty() {
        exit::FINDINGS
    } else {
        exit::CLEAN
    })
}
