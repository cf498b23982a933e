//! Files that are made of the table are what the table makes now.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use observed_runtime::metrics;

use crate::alerts::ALERTS;
use crate::{cases, dashboard, document, rules};

fn in_repository(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)
}

/// Compares a file with what is made now, or writes it.
fn is_in_step(file: &str, made: &str) {
    let path = in_repository(file);
    if std::env::var_os("METRICS").is_some_and(|how| how == "overwrite") {
        return fs::write(path, made).unwrap();
    }
    let there = fs::read_to_string(path).unwrap_or_default();
    assert!(
        there == made,
        "{file} is not what the table makes: METRICS=overwrite cargo test -p observed-tests --test metrics"
    );
}

#[test]
fn the_alert_rules_are_made_of_the_table() {
    is_in_step("deploy/prometheus/alerts.yml", &rules::yaml());
}

#[test]
fn the_tests_of_the_alert_rules_are_made_of_the_table() {
    is_in_step("deploy/prometheus/alerts_test.yml", &cases::yaml());
}

#[test]
fn the_dashboard_is_made_of_the_table() {
    is_in_step("deploy/prometheus/dashboard.json", &dashboard::json());
}

#[test]
fn the_tables_of_the_document_are_made_of_the_table() {
    let file = "docs/metrics.md";
    let there = fs::read_to_string(in_repository(file)).unwrap();
    is_in_step(file, &document::with_tables(&there));
}

#[test]
fn alerts_name_no_metric_that_the_table_lacks() {
    let there: BTreeSet<String> = metrics::all()
        .map(metrics::Metric::prometheus_name)
        .collect();
    for alert in ALERTS {
        let words = alert
            .expression
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        // Keys of labels are followed by `=`, and no metric is.
        let named: Vec<&str> = words
            .filter(|word| word.starts_with("otel_sdk_") || word.starts_with("observed_"))
            .filter(|word| !alert.expression.contains(&format!("{word}=\"")))
            .collect();
        assert!(!named.is_empty(), "{}", alert.name);
        for name in named {
            assert!(there.contains(name), "{}: no metric {name}", alert.name);
        }
    }
}
