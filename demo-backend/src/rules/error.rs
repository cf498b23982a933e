//! Errors of a rules file: it cannot be read, or says something wrong. No text repeats a key.

use std::io;
use std::path::PathBuf;

use super::window::WindowError;

/// The reason why a rules file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// The file cannot be read.
    #[error("cannot read the rules {}: {error}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// The file says something wrong.
    #[error("the rules {}: {mistake}", .path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The first mistake.
        mistake: Mistake,
    },
}

/// A mistake in rules.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// The text is not TOML, or not of the shape that rules have.
    #[error("line {line}: {message}")]
    Syntax {
        /// The line, from 1; 0 where the parser names none.
        line: usize,
        /// The parser's message, without the line's text.
        message: String,
    },
    /// There is no profile.
    #[error("there is no [[profiles]]: nobody could ask for anything")]
    NoProfile,
    /// The name of a profile is empty or long; it stands in each of its lines of the audit log.
    #[error("a profile's name is 1 to {0} bytes long")]
    Name(usize),
    /// The key of this profile is empty.
    #[error("profile `{0}` has an empty api_key")]
    EmptyKey(String),
    /// This profile is not the only one with its name or its key.
    #[error("profile `{0}` has the name or the key of another one")]
    Repeated(String),
    /// A profile names an action or a context that does not exist.
    #[error("profile `{profile}` names `{item}`, which does not exist")]
    Unknown {
        /// The profile.
        profile: String,
        /// What it names.
        item: String,
    },
    /// The window of a profile is not one.
    #[error(transparent)]
    Window(#[from] WindowError),
}
