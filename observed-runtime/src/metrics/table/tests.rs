//! Every number of the account is in the text, once and under its own name.

use std::collections::{BTreeMap, BTreeSet};

use crate::status::{Accounting, Dropped, Status};

/// Every field is another number; a field that is added has to be written here.
const ACCOUNT: Accounting = Accounting {
    started: 1001,
    exported: 1002,
    discarded: 1003,
    dropped: Dropped {
        queue_full: 1004,
        export_failed: 1005,
        disabled: 1006,
        shutdown: 1007,
        thread_ended: 1008,
        rejected: 1009,
        too_large: 1010,
    },
    open: 1011,
    pending: 1012,
    queued: 1013,
    in_flight: 1014,
    handed_over: 1015,
    unsampled: 1016,
    over_budget: 1017,
    paused: 1018,
    refused: 1019,
    attributes_lost: 1020,
    attributes_not_finite: 1021,
    attributes_out_of_range: 1022,
    attributes_over_limit: 1023,
    attributes_withheld: 1024,
    attributes_not_allowed: 1025,
    unreviewed: 1026,
    unreviewed_events: 1027,
    attributes_cut: 1028,
    tracestate_members_dropped: 1029,
    routes_unnamed: 1030,
    events_dropped: 1031,
    links_dropped: 1032,
};

/// What a series' metric and one of its labels have to say of each number.
const EXPECTED: &[(&str, &str, u64)] = &[
    ("otel_sdk_span_started_total", "RECORD_AND_SAMPLE", 1001),
    ("otel_sdk_exporter_span_exported_total", "", 1002),
    ("observed_span_discarded_total", "", 1003),
    (
        "otel_sdk_processor_span_processed_total",
        "queue_full",
        1004,
    ),
    ("otel_sdk_exporter_span_exported_total", "refused", 1005),
    ("otel_sdk_processor_span_processed_total", "disabled", 1006),
    (
        "otel_sdk_processor_span_processed_total",
        "already_shutdown",
        1007,
    ),
    (
        "otel_sdk_processor_span_processed_total",
        "thread_ended",
        1008,
    ),
    ("otel_sdk_exporter_span_exported_total", "rejected", 1009),
    ("otel_sdk_exporter_span_exported_total", "too_large", 1010),
    ("otel_sdk_span_live", "RECORD_AND_SAMPLE", 1011),
    ("observed_span_pending", "", 1012),
    ("otel_sdk_processor_span_queue_size", "", 1013),
    ("otel_sdk_exporter_span_inflight", "", 1014),
    ("otel_sdk_processor_span_processed_total", "", 1015),
    ("observed_trace_unrecorded_total", "unsampled", 1016),
    ("observed_trace_unrecorded_total", "over_budget", 1017),
    ("observed_trace_unrecorded_total", "paused", 1018),
    ("observed_span_refused_total", "", 1019),
    ("observed_attribute_dropped_total", "lost", 1020),
    ("observed_attribute_dropped_total", "not_finite", 1021),
    ("observed_attribute_dropped_total", "out_of_range", 1022),
    ("observed_attribute_dropped_total", "over_limit", 1023),
    ("observed_attribute_dropped_total", "withheld", 1024),
    ("observed_attribute_dropped_total", "not_allowed", 1025),
    ("observed_span_unreviewed_total", "", 1026),
    ("observed_event_unreviewed_total", "", 1027),
    ("observed_attribute_cut_total", "", 1028),
    ("observed_tracestate_dropped_total", "", 1029),
    ("observed_route_unnamed_total", "", 1030),
    ("observed_event_dropped_total", "", 1031),
    ("observed_link_dropped_total", "", 1032),
];

#[test]
fn every_number_of_the_account_is_in_the_text_once_and_under_its_name() {
    let status = Status {
        spans: ACCOUNT,
        export_failures: BTreeMap::from([("refused", ACCOUNT.dropped.export_failed)]),
        queue_capacity: 5,
        ..Status::not_initialised()
    };
    let text = status.to_prometheus();
    let seen = text.lines().filter_map(|line| {
        let (series, number) = line.rsplit_once(' ')?;
        let number: u64 = number.parse().ok().filter(|number| *number > 1000)?;
        let (metric, labels) = series.split_once('{').unwrap_or((series, ""));
        let of_component = |label: &&str| !label.starts_with("otel_component_");
        let label = labels.trim_end_matches('}').split(',').find(of_component);
        let word = label.and_then(|label| label.split('"').nth(1));
        Some((metric, word.unwrap_or_default(), number))
    });
    let seen: Vec<_> = seen.collect();
    let of_account = format!("{ACCOUNT:?}");
    let numbers = of_account.split(|c: char| !c.is_ascii_digit());
    let numbers: BTreeSet<u64> = numbers.filter_map(|number| number.parse().ok()).collect();
    assert_eq!(seen.len(), numbers.len(), "{seen:?}");
    assert_eq!(
        seen.iter().collect::<BTreeSet<_>>(),
        EXPECTED.iter().collect()
    );
}

#[test]
fn what_the_account_misses_is_a_number_below_zero_where_it_has_too_many() {
    let unaccounted = |started, exported, pending| {
        let spans = Accounting {
            started,
            exported,
            pending,
            ..Accounting::default()
        };
        let status = Status {
            spans,
            ..Status::not_initialised()
        };
        let text = status.to_prometheus();
        let line = text
            .lines()
            .find(|line| line.starts_with("observed_span_unaccounted"));
        line.and_then(|line| line.split(' ').nth(1)?.parse::<i64>().ok())
    };
    assert_eq!(unaccounted(5, 3, 2), Some(0));
    assert_eq!(unaccounted(5, 3, 1), Some(1));
    assert_eq!(unaccounted(5, 3, 4), Some(-2));
}
