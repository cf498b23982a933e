//! The workspace as it was at a revision, read from its sources: a lock that was not kept says nothing.

use std::path::{Path, PathBuf};

use cargo_metadata::MetadataCommand;

use super::{listed, types, unseen};
use crate::failure::{Failure, Result};
use crate::git;
use crate::lock::Lock;
use crate::people::People;
use crate::survey;

/// The lock that the sources of a revision make, of the workspace's own packages; nothing in it is reviewed.
pub(super) fn lock(root: &Path, revision: &str) -> Result<Lock> {
    let commit = git::commit(root, revision)?;
    let top = git::run(root, &["rev-parse", "--show-toplevel"], None)?;
    let top = PathBuf::from(String::from_utf8_lossy(&top).trim());
    let below = root.strip_prefix(&top).unwrap_or(Path::new("")).to_owned();
    let folder = tempfile::tempdir()
        .map_err(|error| Failure::new(format!("no folder for a revision's files: {error}")))?;
    check_out(&top, &commit, folder.path())?;
    let manifest = folder.path().join(below).join("Cargo.toml");
    if !manifest.is_file() {
        // Before there was a workspace nothing left it.
        return Ok(Lock::default());
    }
    let mut command = MetadataCommand::new();
    command.manifest_path(manifest).no_deps().current_dir(root);
    let read = survey::of_workspace(&command, &|_| {}).and_then(|mut survey| {
        unseen::add(&mut survey)?;
        listed::add(&mut survey)?;
        types::add(&mut survey)?;
        Ok(survey)
    });
    let survey = read.map_err(|failure| Failure::new(format!("at {revision}: {failure}")))?;
    Ok(Lock::of(&survey.sites, &People::default()))
}

/// Writes the manifests and sources of a commit into a folder, past the repository's own index.
fn check_out(top: &Path, commit: &str, folder: &Path) -> Result<()> {
    let index = folder.join("index");
    git::run(top, &["read-tree", commit], Some(&index))?;
    let prefix = format!("--prefix={}/", folder.display());
    let names = git::run(
        top,
        &["ls-files", "-z", "--", "*.rs", "*.toml", "*Cargo.lock"],
        Some(&index),
    )?;
    let names = String::from_utf8_lossy(&names);
    // In portions, because a command line is not endless.
    let names: Vec<&str> = names.split('\0').filter(|it| !it.is_empty()).collect();
    for names in names.chunks(500) {
        let mut arguments = vec!["checkout-index", "--quiet", "--force", &prefix, "--"];
        arguments.extend(names);
        git::run(top, &arguments, Some(&index))?;
    }
    Ok(())
}
