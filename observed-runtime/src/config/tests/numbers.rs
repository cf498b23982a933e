//! The ends of the range that the specification wants numbers to have.

use super::*;

const LARGEST: &str = "2147483647";
/// Some 25 days: no limit.
const NO_LIMIT: Duration = Duration::from_millis(2_147_483_647);

#[test]
fn no_time_is_no_limit_and_no_delay_is_none() {
    let settings = read(&[
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "0"),
        ("OTEL_BSP_EXPORT_TIMEOUT", "0"),
        ("OTEL_BSP_SCHEDULE_DELAY", "0"),
        ("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "0"),
        ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "0"),
    ])
    .unwrap();
    assert_eq!(settings.otlp.timeout, NO_LIMIT);
    assert_eq!(settings.batch.timeout, NO_LIMIT);
    assert_eq!(settings.batch.delay, Duration::from_millis(1));
    assert_eq!(settings.privacy.max_text, 0);
    assert_eq!(settings.privacy.max_attributes, 0);
    let own = ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "5");
    let settings = read(&[own, ("OTEL_EXPORTER_OTLP_TIMEOUT", "0")]).unwrap();
    assert_eq!(settings.otlp.timeout, Duration::from_millis(5));
}

#[test]
fn a_queue_and_a_batch_hold_at_least_one_span() {
    for variable in [
        "OTEL_BSP_MAX_QUEUE_SIZE",
        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        "OBSERVED_MAX_REQUEST_BYTES",
    ] {
        let reason = read(&[(variable, "0")]).unwrap_err();
        assert!(reason.contains("from 1 to 2147483647"), "{reason}");
    }
}

#[test]
fn times_are_milliseconds() {
    let settings = read(&[
        ("OTEL_BSP_EXPORT_TIMEOUT", "1234"),
        ("OTEL_BSP_SCHEDULE_DELAY", "567"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "89"),
    ])
    .unwrap();
    assert_eq!(settings.batch.timeout, Duration::from_millis(1_234));
    assert_eq!(settings.batch.delay, Duration::from_millis(567));
    assert_eq!(settings.otlp.timeout, Duration::from_millis(89));
}

#[test]
fn a_batch_is_no_larger_than_the_queue() {
    let of = |queue, batch| {
        read(&[
            ("OTEL_BSP_MAX_QUEUE_SIZE", queue),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", batch),
        ])
    };
    assert_eq!(of("10", "10").unwrap().batch.max_export, 10);
    let reason = of("10", "11").unwrap_err();
    assert!(
        reason.contains("OTEL_BSP_MAX_EXPORT_BATCH_SIZE"),
        "{reason}"
    );
    for (queue, batch) in [
        ("10", 10),
        ("2048", 512),
        ("32768", 2_048),
        ("65536", 4_096),
    ] {
        let settings = read(&[("OTEL_BSP_MAX_QUEUE_SIZE", queue)]).unwrap();
        assert_eq!(settings.batch.max_export, batch, "a queue of {queue}");
    }
    assert_eq!(read(&[]).unwrap().batch.max_export, 2_048);
    let set = read(&[("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "512")]).unwrap();
    assert_eq!(set.batch.max_export, 512);
}

#[test]
fn the_largest_number_of_the_specification_is_taken_and_no_larger_one() {
    let variables = [
        "OTEL_BSP_MAX_QUEUE_SIZE",
        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        "OTEL_BSP_SCHEDULE_DELAY",
        "OTEL_BSP_EXPORT_TIMEOUT",
        "OTEL_EXPORTER_OTLP_TIMEOUT",
        "OTEL_ATTRIBUTE_COUNT_LIMIT",
        "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
    ];
    let settings = read(&variables.map(|variable| (variable, LARGEST))).unwrap();
    assert_eq!(settings.batch.max_queue, 2_147_483_647);
    assert_eq!(settings.batch.max_export, 2_147_483_647);
    assert_eq!(settings.batch.delay, NO_LIMIT);
    assert_eq!(settings.warnings, [""; 0]);
    for variable in variables {
        for other in ["2147483648", "99999999999999999999", "-1", "1.5"] {
            let reason = read(&[(variable, other)]).unwrap_err();
            assert!(
                reason.contains(variable) && !reason.contains(other),
                "{reason}"
            );
        }
    }
}
