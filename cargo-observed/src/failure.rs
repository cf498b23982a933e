//! Why the tool could not do its work, as one sentence for a person.

use std::fmt;
use std::path::Path;

/// A failure of the tool itself, which is no finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure(String);

impl Failure {
    /// Makes a failure of what is wrong, where, and what to do instead.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// Makes a failure about one file.
    pub(crate) fn at(file: &Path, message: impl fmt::Display) -> Self {
        Self(format!("{}: {message}", file.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What most functions here return.
pub(crate) type Result<T> = std::result::Result<T, Failure>;
