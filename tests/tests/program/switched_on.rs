//! A user's test suite, switched on by the environment: what it records is counted, and what keeps it off is said.

use std::fs;
use std::panic::catch_unwind;

use observed_runtime::testing::init_from_env;
use observed_runtime::{State, is_tracing_enabled, status};

use crate::scenario::{CHILD, in_a_process_with};
use crate::work;

const REPORT: &str = "OBSERVED_TEST_REPORT";
const ON: [(&str, &str); 3] = [
    ("TRACING_ENABLED", "1"),
    ("OTEL_SAMPLING_RATE", "1"),
    ("OTEL_TRACES_EXPORTER", "none"),
];

/// Runs `body` in a process with these settings; the test programs in it report these numbers of spans, one after the other.
fn reports(expected: &[u64], settings: &[(&str, &str)], body: impl FnOnce()) {
    if std::env::var_os(CHILD).is_some() {
        return in_a_process_with(&[], body);
    }
    let thread = std::thread::current();
    let name = thread.name().unwrap().replace("::", "-");
    let file = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
    let environment = [settings, &[(REPORT, file.to_str().unwrap())]].concat();
    in_a_process_with(&environment, body);
    let text = fs::read_to_string(&file).unwrap_or_default();
    let _ = fs::remove_file(file);
    let numbers = text.lines().map(|line| line.split_once(' ').unwrap().0);
    let numbers: Vec<u64> = numbers.map(|number| number.parse().unwrap()).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn a_suite_that_is_switched_on_records_and_reports_how_much() {
    reports(&[3], &ON, || {
        // Without the initialiser a test records nothing, whatever the environment says.
        work();
        let _tracing = init_from_env();
        assert!(is_tracing_enabled());
        (0..3).for_each(|_| work());
    });
}

#[test]
fn tests_that_overlap_share_a_pipeline_and_the_next_one_has_its_own() {
    reports(&[2, 1], &ON, || {
        let first = init_from_env();
        let second = init_from_env();
        work();
        drop(first);
        // The other test is still traced.
        work();
        drop(second);
        assert_eq!(status().state, State::NotInitialised);
        let _third = init_from_env();
        work();
    });
}

#[test]
fn a_suite_that_is_switched_off_runs_and_reports_that_nothing_was_recorded() {
    reports(&[0], &[], || {
        let _tracing = init_from_env();
        assert_eq!(status().state, State::Disabled);
        work();
    });
}

#[test]
fn a_setting_that_keeps_the_suite_from_being_traced_fails_the_test_by_its_name() {
    let malformed = [("TRACING_ENABLED", "1"), ("OTEL_SAMPLING_RATE", "many")];
    in_a_process_with(&malformed, || {
        let panic = catch_unwind(|| drop(init_from_env())).unwrap_err();
        let said = panic.downcast_ref::<String>().unwrap();
        assert!(said.contains("OTEL_SAMPLING_RATE is malformed"), "{said}");
        // It is said to the next test too.
        catch_unwind(|| drop(init_from_env())).unwrap_err();
    });
}

#[test]
fn a_report_that_cannot_be_written_fails_the_test() {
    let nowhere = [(REPORT, "/nowhere/at/all")];
    in_a_process_with(&nowhere, || {
        let panic = catch_unwind(|| drop(init_from_env())).unwrap_err();
        let said = panic.downcast_ref::<String>().unwrap();
        assert!(said.contains(REPORT), "{said}");
    });
}
