//! One file for each command.

mod check;
mod diff;
mod explain;
mod init;
mod list;
mod review;
mod revision;
mod sync;
mod verify;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use cargo_metadata::{CargoOpt, MetadataCommand};
use clap::ColorChoice;

use crate::cli::{Command, Observed, Shared};
use crate::failure::{Failure, Result};
use crate::people::{self, People};
use crate::survey::{self, Size, Survey};

/// Runs a command; the result is the exit code.
pub(crate) fn run(observed: &Observed) -> Result<u8> {
    let shared = &observed.shared;
    match &observed.command {
        Command::Init => init::run(shared),
        Command::List { format } => list::run(shared, *format),
        Command::Sync { check } => sync::run(shared, *check),
        Command::Check { against, format } => check::run(shared, against.as_deref(), *format),
        Command::Diff { range, format } => diff::run(shared, range, *format),
        Command::Review {
            name,
            all_changed: _,
            url,
        } => review::run(shared, name.as_deref(), url.as_deref()),
        Command::Explain { name } => explain::run(shared, name.as_deref()),
        Command::Verify { file } => verify::run(shared, file),
    }
}

impl Shared {
    /// The question that cargo is asked.
    fn metadata(&self) -> MetadataCommand {
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
    fn survey(&self) -> Result<Survey> {
        let shows = !self.quiet && std::io::stderr().is_terminal();
        let progress = |size: Size| {
            if shows {
                // A terminal that takes no text is no reason to stop.
                let _ = write!(std::io::stderr(), "\rreading {} files", size.files);
            }
        };
        let survey = survey::of_workspace(&self.metadata(), &progress)?;
        if shows {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
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
    fn shows(&self, package: &str) -> bool {
        (self.package.is_empty() || self.workspace || self.package.iter().any(|it| it == package))
            && !self.exclude.iter().any(|it| it == package)
    }

    fn is_colored(&self) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
            }
        }
    }

    fn say(&self, text: &str) {
        if !self.quiet {
            print(&format!("{text}\n"));
        }
    }
}

/// Prints; a reader that went away is no failure.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// What people decided; an empty file where there is none.
fn decided(survey: &Survey) -> Result<People> {
    Ok(people::read(survey::root(&survey.packages))?.unwrap_or_default())
}

/// Writes a file whole or not at all.
fn write(file: &PathBuf, text: &str) -> Result<()> {
    let beside = file.with_extension("new~");
    let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, file));
    written.map_err(|error| {
        // What could not be renamed is not left behind.
        let _ = std::fs::remove_file(&beside);
        Failure::at(file, error)
    })
}
