//! One line for each finding.

use super::shown::severity;
use crate::rules::Finding;

pub(super) fn written(findings: &[Finding]) -> String {
    let line = |it: &Finding| {
        let place = &it.place;
        let level = severity(it.level);
        format!(
            "{}:{}:{}: {level}: {} [{}]\n",
            place.file, place.line, place.column, it.message, it.id
        )
    };
    findings.iter().map(line).collect()
}
