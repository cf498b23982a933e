//! Git, by its command.

use std::path::Path;
use std::process::{Command, Output};

use crate::failure::{Failure, Result};
use crate::place::Place;

/// Runs git in a folder and gives what it printed.
pub(crate) fn run(folder: &Path, arguments: &[&str], index: Option<&Path>) -> Result<Vec<u8>> {
    let output = started(folder, arguments, index)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!(
        "git {}: {}",
        arguments.join(" "),
        said.trim()
    )))
}

fn started(folder: &Path, arguments: &[&str], index: Option<&Path>) -> Result<Output> {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .env("LC_ALL", "C");
    if let Some(index) = index {
        command.env("GIT_INDEX_FILE", index);
    }
    command.output().map_err(|error| {
        Failure::new(format!(
            "git cannot be run: {error}; revisions are read by it"
        ))
    })
}

/// The commit that a revision names; what is wrong is said in words.
pub(crate) fn commit(folder: &Path, revision: &str) -> Result<String> {
    let inside = started(folder, &["rev-parse", "--is-inside-work-tree"], None)?;
    if !inside.status.success() {
        return Err(Failure::new(format!(
            "{} is in no git repository, so there is no revision `{revision}`",
            folder.display()
        )));
    }
    let spec = format!("{revision}^{{commit}}");
    let found = started(
        folder,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &spec,
        ],
        None,
    )?;
    if found.status.success() {
        return Ok(String::from_utf8_lossy(&found.stdout).trim().to_owned());
    }
    let shallow = started(folder, &["rev-parse", "--is-shallow-repository"], None)?;
    let is_shallow = String::from_utf8_lossy(&shallow.stdout).trim() == "true";
    let remedy = if is_shallow {
        "the clone is shallow: fetch its history (fetch-depth: 0, or git fetch --unshallow)"
    } else {
        "fetch it, or name a branch, a tag or a commit"
    };
    Err(Failure::new(format!(
        "there is no revision `{revision}` here; {remedy}"
    )))
}

/// Who wrote a line, where git knows it.
pub(crate) fn author(folder: &Path, place: &Place) -> Option<String> {
    let range = format!("-L{0},{0}", place.line);
    let said = run(
        folder,
        &["blame", "--porcelain", &range, "--", &place.file],
        None,
    )
    .ok()?;
    let said = String::from_utf8_lossy(&said).into_owned();
    let author = said.lines().find_map(|line| line.strip_prefix("author "))?;
    Some(author.to_owned())
}
