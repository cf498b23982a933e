//! Every variable of the OpenTelemetry specification is accounted for.

use super::*;

const VARIABLES: &str = include_str!("specification.tsv");
const DOCUMENTED: &str = include_str!("../../../../docs/settings.md");

fn pairs(list: &str) -> Vec<(&str, &str)> {
    list.split_whitespace()
        .filter_map(|pair| pair.split_once('='))
        .collect()
}

#[test]
fn every_variable_of_the_specification_is_supported_refused_told_or_another_signals() {
    let rows = VARIABLES.lines().filter(|line| !line.starts_with('#'));
    let mut walked = 0;
    for row in rows {
        let columns: Vec<&str> = row.split('\t').collect();
        let [name, treatment, value, beside] = columns.as_slice() else {
            panic!("{row}");
        };
        walked += 1;
        let without = pairs(beside);
        if !cfg!(feature = "_tls") && beside.contains("https://") {
            continue;
        }
        let mut with = without.clone();
        with.push((name, value));
        let (before, after) = (read(&without), read(&with));
        let warnings = after.as_ref().map_or(0, |settings| settings.warnings.len());
        match *treatment {
            "supported" => {
                assert!(after.is_ok() && before != after, "{row}: {after:?}");
                assert_eq!(warnings, 0, "{row}");
            }
            "refused" => {
                let reason = after.unwrap_err();
                assert!(
                    reason.contains(&format!("{name} is not supported: ")),
                    "{reason}"
                );
            }
            "told" => {
                let (before, after) = (before.unwrap(), after.unwrap());
                assert!(before.do_as(&after), "{row}");
                assert_eq!(warnings, 1, "{row}");
                assert!(after.warnings[0].starts_with(&format!("{name}: ")), "{row}");
            }
            "signal" => {
                assert_eq!(before, after, "{row}");
                let is_documented = |start: &&str| DOCUMENTED.contains(&format!("`{start}*`"));
                let start = known::OTHER_SIGNALS
                    .iter()
                    .find(|start| name.starts_with(**start));
                assert!(start.is_some_and(is_documented), "{row}");
            }
            _ => panic!("{row}"),
        }
    }
    assert_eq!(walked, 79, "variables of the specification");
}
