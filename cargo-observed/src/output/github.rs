//! Annotations of GitHub's workflows.

use super::shown::severity;
use crate::rules::Finding;

pub(super) fn written(findings: &[Finding]) -> String {
    findings.iter().map(line).collect()
}

fn line(it: &Finding) -> String {
    let place = &it.place;
    let message = format!("{}\n{}", it.message, it.remedy());
    format!(
        "::{} file={},line={},col={},title={}::{}\n",
        severity(it.level),
        property(&place.file),
        place.line,
        place.column,
        property(&it.id),
        escaped(message.trim_end())
    )
}

/// What would end the command must be written otherwise.
fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
