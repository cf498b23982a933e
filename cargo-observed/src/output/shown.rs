//! What several forms show alike.

use std::path::Path;

use crate::catalogue::Level;

/// The word that compilers use.
pub(super) fn severity(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn | Level::Allow => "warning",
    }
}

/// The file of a finding; nothing where it cannot be read.
pub(super) fn source(root: &Path, file: &str) -> String {
    std::fs::read_to_string(root.join(file)).unwrap_or_default()
}
