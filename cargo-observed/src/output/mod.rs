//! Findings in the forms that people and programs read.

mod github;
mod human;
mod json;
mod sarif;
mod short;

use std::path::Path;

use crate::cli::FindingFormat;
use crate::rules::{Finding, Level};

/// Writes findings; sources are read below `root`.
pub(crate) fn written(
    findings: &[Finding],
    format: FindingFormat,
    root: &Path,
    is_colored: bool,
) -> String {
    match format {
        FindingFormat::Human => human::written(findings, root, is_colored),
        FindingFormat::Short => short::written(findings),
        FindingFormat::Json => json::written(findings, root),
        FindingFormat::Github => github::written(findings),
        FindingFormat::Sarif => sarif::written(findings),
    }
}

/// The word that compilers use.
fn severity(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn | Level::Allow => "warning",
    }
}

/// The file of a finding; nothing where it cannot be read.
fn source(root: &Path, file: &str) -> String {
    std::fs::read_to_string(root.join(file)).unwrap_or_default()
}
