//! Findings as SARIF 2.1.0.

use serde_sarif::sarif::{
    ArtifactLocation, Location, Message, MultiformatMessageString, PhysicalLocation, Region,
    ReportingDescriptor, Result, ResultLevel, Run, Sarif, Tool, ToolComponent,
};

use crate::catalogue::{Level, RULES, Rule};
use crate::rules::Finding;

pub(super) fn written(findings: &[Finding]) -> String {
    let driver = ToolComponent::builder()
        .name("cargo-observed")
        .version(env!("CARGO_PKG_VERSION"))
        .rules(RULES.iter().map(described).collect::<Vec<_>>())
        .build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .results(findings.iter().map(result).collect::<Vec<_>>())
        .build();
    let sarif = Sarif::builder()
        .version(serde_json::json!("2.1.0"))
        .schema("https://json.schemastore.org/sarif-2.1.0.json")
        .runs(vec![run])
        .build();
    let text = serde_json::to_string_pretty(&sarif);
    // Plain data with text for keys can be written.
    text.expect("a report is plain data") + "\n"
}

fn described(rule: &Rule) -> ReportingDescriptor {
    let short = MultiformatMessageString::builder().text(rule.short).build();
    let help = MultiformatMessageString::builder().text(rule.page).build();
    ReportingDescriptor::builder()
        .id(rule.id)
        .short_description(short)
        .help(help)
        .build()
}

fn result(finding: &Finding) -> Result {
    let place = &finding.place;
    let region = Region::builder()
        .start_line(number(place.line))
        .start_column(number(place.column))
        .build();
    let physical = PhysicalLocation::builder()
        .artifact_location(ArtifactLocation::builder().uri(place.file.as_str()).build())
        .region(region)
        .build();
    let level = match finding.level {
        Level::Deny => ResultLevel::Error,
        Level::Warn | Level::Allow => ResultLevel::Warning,
    };
    Result::builder()
        .rule_id(finding.id.as_str())
        .level(level)
        .message(Message::builder().text(finding.message.as_str()).build())
        .locations(vec![
            Location::builder().physical_location(physical).build(),
        ])
        .build()
}

/// A number of lines; no file has more than there are numbers.
fn number(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
