//! R13, R19: what manifests say.

use std::fs;

use super::evidence::Evidence;
use super::finding::Finding;
use crate::packages::{Package, RUNTIME};
use crate::place::{Bytes, Place};

pub(super) fn found(evidence: &Evidence<'_>) -> Vec<Finding> {
    let packages = &evidence.survey.packages;
    let libraries = packages
        .packages
        .iter()
        .filter(|it| it.is_member && !it.has_program);
    let mut findings: Vec<Finding> = libraries
        .filter_map(|package| {
            let feature = package.enables.as_ref()?;
            let message = format!(
                "`{}` is a library, and its feature `{feature}` of {RUNTIME} records in every program that uses it",
                package.name
            );
            let finding = Finding::new("R13-library-enables", &place(package, evidence), message);
            Some(Finding {
                package: Some(package.name.clone()),
                ..finding
            })
        })
        .collect();
    let versions = &packages.opentelemetry;
    if versions.len() > 1 {
        let listed: Vec<&str> = versions.iter().map(String::as_str).collect();
        let message = format!("opentelemetry is built as {}", listed.join(" and "));
        findings.push(Finding::new(
            "R19-two-opentelemetry",
            &Place::top("Cargo.toml"),
            message,
        ));
    }
    findings
}

/// The line of the manifest that names the runtime.
fn place(package: &Package, evidence: &Evidence<'_>) -> Place {
    let root = &evidence.survey.packages.root;
    let file = package
        .manifest
        .strip_prefix(root)
        .unwrap_or(&package.manifest);
    let mut place = Place::top(&file.to_string_lossy().replace('\\', "/"));
    // Without the file the place is its top.
    let text = fs::read_to_string(&package.manifest).unwrap_or_default();
    if let Some(start) = text.find(RUNTIME) {
        place.line = text[..start].matches('\n').count() + 1;
        place.bytes = Bytes {
            start,
            end: start + RUNTIME.len(),
        };
    }
    place
}
