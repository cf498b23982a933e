//! One file for each command.

mod check;
mod diff;
mod explain;
mod init;
mod list;
mod listed;
mod review;
mod revision;
mod shared;
mod sync;
mod types;
mod unseen;
mod verify;

use crate::cli::{Command, Observed};
use crate::failure::Result;

/// Runs a command; the result is the exit code.
pub(crate) fn run(observed: &Observed) -> Result<u8> {
    let shared = &observed.shared;
    match &observed.command {
        Command::Init => init::run(shared),
        Command::List { format } => list::run(shared, *format),
        Command::Sync { check, types } => sync::run(shared, *check, types.as_deref()),
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
