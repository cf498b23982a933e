//! Names that are nearly a setting's.

use super::*;

#[test]
fn a_name_that_is_nearly_a_settings_is_told_once_with_what_was_meant() {
    for (misspelled, meant) in [
        ("OBSERVED_FIREWAL", "OBSERVED_FIREWALL"),
        ("OBSERVD_FIREWALL", "OBSERVED_FIREWALL"),
        ("TRACING_ENABELD", "TRACING_ENABLED"),
        (
            "OTEL_EXPORTER_OTLP_TRACE_ENDPOINT",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        ),
        ("OTEL_EXPORTER_OLTP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    ] {
        let warnings = read(&[(misspelled, "s3cr3t")]).unwrap().warnings;
        let expected = format!("{misspelled}: is no setting: is {meant} meant?");
        assert_eq!(warnings, [expected]);
    }
}

#[test]
fn other_names_are_not_taken_for_misspelled_ones() {
    let long = "OBSERVED_FIREWAL".repeat(10_000);
    for other in [
        "OBSERVED_FIRE",
        "OBSERVED_PIPELINE_ENABLED",
        "OBSERVED_FIREWÄLL",
        "NO_COLOR",
        "T",
        &long,
    ] {
        let settings = read(&[(other, "1")]).unwrap();
        assert_eq!(settings.warnings, [""; 0]);
    }
    assert_eq!(
        read(&[("OBSERVED_FIREWAL", " ")]).unwrap().warnings,
        [""; 0]
    );
}

#[test]
fn misspelled_names_beyond_some_are_not_told() {
    let names: Vec<String> = (0..40).map(|at| format!("OBSERVED_FIREW{at}LL")).collect();
    let settings: Vec<_> = names.iter().map(|name| (name.as_str(), "1")).collect();
    assert_eq!(read(&settings).unwrap().warnings.len(), 16);
}
