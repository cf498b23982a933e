//! Reads what the annotations of a workspace let out, holds it to a lock that is committed, and keeps who reviewed it.
//!
//! It reads sources and never writes them. The grammar is the compiler's, in `observed-syntax`.

mod catalogue;
mod cli;
mod command;
mod day;
mod exit;
mod failure;
mod git;
mod lists;
mod lock;
mod modules;
mod output;
mod packages;
mod people;
mod place;
mod rules;
mod show;
mod site;
mod source;
mod survey;
mod trace;

use std::process::ExitCode;

use clap::Parser;
#[doc(hidden)]
pub use survey::{EveryFile, every_file};

/// Runs the command that the process was started with.
#[must_use]
pub fn run() -> ExitCode {
    let cli::Cargo::Observed(observed) = cli::Cargo::parse();
    let code = command::run(&observed).unwrap_or_else(|failure| {
        eprintln!("error: {failure}");
        exit::FAILED
    });
    ExitCode::from(code)
}
