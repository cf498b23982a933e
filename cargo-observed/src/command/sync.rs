//! `cargo observed sync`

use std::path::{Path, PathBuf};

use super::shared::{decided, print, write};
use super::types;
use crate::cli::Shared;
use crate::exit;
use crate::failure::{Failure, Result};
use crate::lists;
use crate::lock::{self, Lock};
use crate::people;
use crate::survey;

/// Writes the lock and the lists, and the types that a trace shows; it marks nothing as reviewed.
pub(super) fn run(shared: &Shared, only_check: bool, trace: Option<&Path>) -> Result<u8> {
    let mut survey = shared.survey()?;
    let mut people = decided(&survey)?;
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    if let Some(trace) = trace {
        let text = types::take(&mut survey, &mut people, trace)?;
        files.push((survey::root(&survey.packages).join(people::FILE), text));
    }
    let root = survey::root(&survey.packages);
    let lock = Lock::of(&survey.sites, &people);
    let keys = lists::keys(&lock);
    files.push((lock::path(root), lock.text()));
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
