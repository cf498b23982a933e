//! What every command does: ask cargo, read the workspace, print, write.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use cargo_metadata::{CargoOpt, MetadataCommand};
use clap::ColorChoice;

use super::{listed, types, unseen};
use crate::cli::Shared;
use crate::failure::{Failure, Result};
use crate::people::{self, People};
use crate::survey::{self, Size, Survey};

impl Shared {
    /// The question that cargo is asked.
    pub(super) fn metadata(&self) -> MetadataCommand {
        let mut command = MetadataCommand::new();
        if let Some(path) = &self.manifest_path {
            command.manifest_path(path);
        }
        if !self.features.is_empty() {
            command.features(CargoOpt::SomeFeatures(self.features.clone()));
        }
        let flags = [("--locked", self.locked), ("--offline", self.offline)];
        let set = flags.iter().filter(|(_, is_set)| *is_set);
        command.other_options(set.map(|(flag, _)| (*flag).to_owned()).collect::<Vec<_>>());
        command
    }

    /// Reads the workspace.
    pub(super) fn survey(&self) -> Result<Survey> {
        let shows = !self.quiet && std::io::stderr().is_terminal();
        let progress = |size: Size| {
            if shows {
                // A terminal that takes no text is no reason to stop.
                let _ = write!(std::io::stderr(), "\rreading {} files", size.files);
            }
        };
        let mut survey = survey::of_workspace(&self.metadata(), &progress)?;
        if shows {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
        unseen::add(&mut survey)?;
        listed::add(&mut survey)?;
        types::add(&mut survey)?;
        self.packages_exist(&survey)?;
        Ok(survey)
    }

    fn packages_exist(&self, survey: &Survey) -> Result<()> {
        let unknown = self
            .package
            .iter()
            .chain(&self.exclude)
            .find(|name| survey::package(&survey.packages, name).is_none());
        match unknown {
            Some(name) => {
                let names = survey.packages.packages.iter().map(|it| it.name.as_str());
                let names = names.collect::<Vec<_>>().join(", ");
                Err(Failure::new(format!(
                    "no package `{name}` here; there are {names}"
                )))
            }
            None => Ok(()),
        }
    }

    /// Whether a package was asked for.
    pub(super) fn shows(&self, package: &str) -> bool {
        (self.package.is_empty() || self.workspace || self.package.iter().any(|it| it == package))
            && !self.exclude.iter().any(|it| it == package)
    }

    pub(super) fn is_colored(&self) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
            }
        }
    }

    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            print(&format!("{text}\n"));
        }
    }
}

/// Prints; a reader that went away is no failure.
pub(super) fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// What people decided; an empty file where there is none.
pub(super) fn decided(survey: &Survey) -> Result<People> {
    let root = survey::root(&survey.packages);
    people::with_imports(people::read(root)?.unwrap_or_default(), root)
}

/// Writes a file whole or not at all.
pub(super) fn write(file: &PathBuf, text: &str) -> Result<()> {
    let beside = file.with_extension("new~");
    let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, file));
    written.map_err(|error| {
        // What could not be renamed is not left behind.
        let _ = std::fs::remove_file(&beside);
        Failure::at(file, error)
    })
}
