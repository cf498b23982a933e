//! The alerts as Prometheus reads them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::alerts::{ALERTS, Alert};

const HEAD: &str = "\
# Alerts on the account of observed. Made of the table of metrics and not written by hand:
# METRICS=overwrite cargo test -p observed-tests --test metrics
";

#[derive(Serialize)]
struct File {
    groups: [Group; 1],
}

#[derive(Serialize)]
struct Group {
    name: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
struct Rule {
    alert: &'static str,
    expr: &'static str,
    r#for: String,
    labels: BTreeMap<&'static str, &'static str>,
    annotations: BTreeMap<&'static str, &'static str>,
}

pub(crate) fn yaml() -> String {
    let rules = ALERTS.iter().map(rule).collect();
    let name = "observed";
    let file = File {
        groups: [Group { name, rules }],
    };
    format!("{HEAD}{}", serde_saphyr::to_string(&file).unwrap())
}

fn rule(alert: &Alert) -> Rule {
    Rule {
        alert: alert.name,
        expr: alert.expression,
        r#for: format!("{}m", alert.minutes),
        labels: BTreeMap::from([("severity", alert.severity.as_str())]),
        annotations: annotations(alert),
    }
}

pub(crate) fn annotations(alert: &Alert) -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        ("summary", alert.summary),
        ("description", alert.remedy),
        ("runbook", "docs/RUNBOOK-TRACING.md#on-call"),
    ])
}
