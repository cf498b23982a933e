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
fn every_variable_of_the_specification_is_supported_or_refused_or_told_once_and_ignored() {
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
            _ => panic!("{row}"),
        }
    }
    assert_eq!(walked, 79, "variables of the specification");
}

#[test]
fn every_setting_is_on_the_settings_page_and_every_name_there_is_a_setting() {
    let words = DOCUMENTED.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let names: Vec<&str> = words
        .filter(|word| word.starts_with("OTEL_") || word.starts_with("OBSERVED_"))
        .collect();
    for read in known::READ {
        assert!(names.contains(&read) || read == "TRACING_ENABLED", "{read}");
    }
    let ignored = known::IGNORED.map(|(name, _)| name);
    let is_start = |name: &str| name.ends_with('_');
    for name in names.iter().filter(|name| !is_start(name)) {
        let general = name.replace("OTLP_TRACES_", "OTLP_");
        let is_known = known::READ.contains(&general.as_str())
            || ignored.contains(name)
            || known::is_of_another_signal(name)
            || known::scope(name).is_some()
            || *name == "OBSERVED_FIREWAL"
            // Read by `testing::init_from_env` alone.
            || *name == "OBSERVED_TEST_REPORT";
        assert!(is_known, "{name}");
    }
}
