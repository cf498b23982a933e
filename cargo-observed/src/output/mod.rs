//! Findings in the forms that people and programs read.

mod github;
mod human;
mod json;
mod sarif;
mod short;
mod shown;

use std::path::Path;

use crate::cli::FindingFormat;
use crate::rules::Finding;

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
