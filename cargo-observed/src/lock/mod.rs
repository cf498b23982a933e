//! `observed.lock`: one line for each site, made by the machine.
//!
//! The lines hold no line numbers and are sorted, so that the changes of two people merge.

mod drift;
mod line;
mod unseen;

use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::people::People;
use crate::site::Site;
pub(crate) use drift::{Difference, differences};
pub(crate) use line::{Line, Listed};
pub(crate) use unseen::site as unseen;

/// The name of the file, at the workspace's root.
pub(crate) const FILE: &str = "observed.lock";

const HEAD: &str = "# What leaves this workspace by annotations. Made by `cargo observed sync`: change the sources, not this file.\nversion 1\n";

/// A lock as it is written in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lock {
    pub(crate) lines: Vec<Line>,
}

/// Where the lock lies.
pub(crate) fn path(root: &Path) -> PathBuf {
    root.join(FILE)
}

impl Lock {
    /// The lock that the sources and the reviews make.
    pub(crate) fn of(sites: &[Site], people: &People) -> Self {
        let lines = sites
            .iter()
            .map(|site| Line::of(site, people.standing(site)));
        let mut lines: Vec<Line> = lines.collect();
        lines.sort();
        lines.dedup();
        Self { lines }
    }

    /// Reads the file of a workspace; nothing where there is none.
    pub(crate) fn read(root: &Path) -> Result<Option<Self>> {
        match std::fs::read_to_string(path(root)) {
            Ok(text) => Self::parse(&text).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::at(Path::new(FILE), error)),
        }
    }

    /// Reads the text of a lock.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let at = |number: usize, message: &str| {
            let message = format!(
                "line {}: {message}; run `cargo observed sync` to make the file anew",
                number + 1
            );
            Failure::at(Path::new(FILE), message)
        };
        let mut lines = Vec::new();
        let mut has_version = false;
        for (number, line) in text.lines().enumerate() {
            match line.trim() {
                "" => {}
                "version 1" => has_version = true,
                it if it.starts_with('#') => {}
                it if it.starts_with("version ") => {
                    return Err(at(number, "a version that this release does not know"));
                }
                it if ["<<<<<<<", "=======", ">>>>>>>"]
                    .iter()
                    .any(|mark| it.starts_with(mark)) =>
                {
                    return Err(at(number, "a conflict of a merge is left"));
                }
                it => lines.push(Line::parse(it).map_err(|message| at(number, &message))?),
            }
        }
        if !has_version {
            return Err(at(0, "`version 1` is missing"));
        }
        lines.sort();
        Ok(Self { lines })
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| format!("{line}\n"));
        HEAD.chars()
            .chain(lines.collect::<String>().chars())
            .collect()
    }
}
