//! What is worth waking somebody for, or telling them by day.

/// An alert, and the fault that it is for.
pub(crate) struct Alert {
    pub(crate) name: &'static str,
    pub(crate) expression: &'static str,
    /// How long it must hold before the alert fires.
    pub(crate) minutes: u32,
    pub(crate) severity: Severity,
    /// What is wrong.
    pub(crate) summary: &'static str,
    /// What to do.
    pub(crate) remedy: &'static str,
    /// Series as the fault makes them; the alert has the labels of the first.
    pub(crate) fault: &'static [Series],
}

/// A series by its metric and the label that tells it from the metric's others, with values as `promtool` reads them.
pub(crate) struct Series {
    pub(crate) metric: &'static str,
    pub(crate) label: Option<(&'static str, &'static str)>,
    pub(crate) values: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    Critical,
    Warning,
    Info,
}

impl Severity {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Severity::Critical => "critical",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

const fn series(
    metric: &'static str,
    label: Option<(&'static str, &'static str)>,
    values: &'static str,
) -> Series {
    Series {
        metric,
        label,
        values,
    }
}

/// One more with each scrape.
const GROWS: &str = "0+1x60";
const HOLDS: &str = "1x60";
const HOLDS_NOT: &str = "0x60";

const FAILED: (&str, &str) = ("observed.state", "failed");
const ENABLED: (&str, &str) = ("observed.state", "enabled");
const EXPORTING: (&str, &str) = ("observed.state", "exporting");

pub(crate) const ALERTS: &[Alert] = &[
    Alert {
        name: "ObservedTracingFailed",
        expression: r#"observed_tracing_state{observed_state="failed"} == 1"#,
        minutes: 1,
        severity: Severity::Warning,
        summary: "Tracing is off, because a setting or an exporter cannot be used.",
        remedy: "The status names the setting (`.state`); mend it and restart.",
        fault: &[
            series("observed.tracing.state", Some(FAILED), HOLDS),
            series("observed.tracing.state", Some(ENABLED), HOLDS_NOT),
        ],
    },
    Alert {
        name: "ObservedExportFailing",
        expression: r#"increase(otel_sdk_exporter_span_exported_total{error_type!~"|rejected|too_large"}[5m]) > 0"#,
        minutes: 5,
        severity: Severity::Warning,
        summary: "Spans are lost, because exports fail.",
        remedy: "`error_type` says how; mend the collector or its address.",
        fault: &[series(
            "otel.sdk.exporter.span.exported",
            Some(("error.type", "refused")),
            GROWS,
        )],
    },
    Alert {
        name: "ObservedExportPaused",
        expression: r#"observed_worker_state{observed_state="paused"} == 1"#,
        minutes: 1,
        severity: Severity::Warning,
        summary: "No trace is recorded, because exports kept failing.",
        remedy: "Mend the collector; the worker probes by itself and goes on.",
        fault: &[
            series(
                "observed.worker.state",
                Some(("observed.state", "paused")),
                HOLDS,
            ),
            series("observed.worker.state", Some(EXPORTING), HOLDS_NOT),
        ],
    },
    Alert {
        name: "ObservedWorkerGone",
        expression: r#"observed_worker_state{observed_state="not_running"} == 1 and on (job, instance) observed_tracing_state{observed_state="enabled"} == 1"#,
        minutes: 1,
        severity: Severity::Warning,
        summary: "Tracing is on, and its worker is not there.",
        remedy: "Keep the whole status and report it; a restart brings the worker back.",
        fault: &[
            series(
                "observed.worker.state",
                Some(("observed.state", "not_running")),
                HOLDS,
            ),
            series("observed.worker.state", Some(EXPORTING), HOLDS_NOT),
        ],
    },
    Alert {
        name: "ObservedQueueFull",
        expression: r#"increase(otel_sdk_processor_span_processed_total{error_type="queue_full"}[5m]) > 0"#,
        minutes: 0,
        severity: Severity::Warning,
        summary: "Spans are lost, because the queue is full.",
        remedy: "Lower the rate or switch a scope off; the collector is slow, or OTEL_BSP_MAX_QUEUE_SIZE small.",
        fault: &[series(
            "otel.sdk.processor.span.processed",
            Some(("error.type", "queue_full")),
            GROWS,
        )],
    },
    Alert {
        name: "ObservedQueueFilling",
        expression: "otel_sdk_processor_span_queue_size / otel_sdk_processor_span_queue_capacity > 0.8",
        minutes: 5,
        severity: Severity::Info,
        summary: "The queue is nearly full.",
        remedy: "Look at the collector: it takes spans more slowly than they come.",
        fault: &[series(
            "otel.sdk.processor.span.queue.size",
            None,
            "30000x60",
        )],
    },
    Alert {
        name: "ObservedSpansRejected",
        expression: r#"increase(otel_sdk_exporter_span_exported_total{error_type="rejected"}[5m]) > 0"#,
        minutes: 0,
        severity: Severity::Warning,
        summary: "The collector takes requests and refuses spans in them.",
        remedy: "Its log says why.",
        fault: &[series(
            "otel.sdk.exporter.span.exported",
            Some(("error.type", "rejected")),
            GROWS,
        )],
    },
    Alert {
        name: "ObservedSpansTooLarge",
        expression: r#"increase(otel_sdk_exporter_span_exported_total{error_type="too_large"}[10m]) > 0"#,
        minutes: 0,
        severity: Severity::Info,
        summary: "Single spans are larger than a request may be, and lost.",
        remedy: "Find the annotation that records so much: `.left_out` of the status names what was cut.",
        fault: &[series(
            "otel.sdk.exporter.span.exported",
            Some(("error.type", "too_large")),
            GROWS,
        )],
    },
    Alert {
        name: "ObservedOverBudget",
        expression: r#"increase(observed_trace_unrecorded_total{observed_reason="over_budget"}[10m]) > 0"#,
        minutes: 10,
        severity: Severity::Info,
        summary: "Traces are not recorded, because the overhead budget is used up.",
        remedy: "Lower the rate, or raise OBSERVED_OVERHEAD_BUDGET.",
        fault: &[series(
            "observed.trace.unrecorded",
            Some(("observed.reason", "over_budget")),
            GROWS,
        )],
    },
    Alert {
        name: "ObservedPersonalDataWithheld",
        expression: r#"increase(observed_attribute_dropped_total{observed_reason="withheld"}[10m]) > 0"#,
        minutes: 0,
        severity: Severity::Warning,
        summary: "An attribute looked like personal data or a credential and did not leave.",
        remedy: "`.withheld` of the status names span and key; tell the privacy officer and mend the annotation.",
        fault: &[series(
            "observed.attribute.dropped",
            Some(("observed.reason", "withheld")),
            GROWS,
        )],
    },
    Alert {
        name: "ObservedFirewallOff",
        expression: r#"observed_firewall_mode{observed_mode="off"} == 1"#,
        minutes: 1,
        severity: Severity::Critical,
        summary: "Nothing looks at what leaves: OBSERVED_FIREWALL=off.",
        remedy: "Take the setting out and restart.",
        fault: &[
            series(
                "observed.firewall.mode",
                Some(("observed.mode", "off")),
                HOLDS,
            ),
            series(
                "observed.firewall.mode",
                Some(("observed.mode", "drop")),
                HOLDS_NOT,
            ),
        ],
    },
    Alert {
        name: "ObservedUnreviewed",
        expression: "increase(observed_span_unreviewed_total[10m]) > 0 or increase(observed_event_unreviewed_total[10m]) > 0",
        minutes: 0,
        severity: Severity::Warning,
        summary: "The program records what the lock does not hold as reviewed.",
        remedy: "`.unreviewed` of the status names it; have the change reviewed.",
        fault: &[series("observed.span.unreviewed", None, GROWS)],
    },
    Alert {
        name: "ObservedAttributesLost",
        expression: r#"increase(observed_attribute_dropped_total{observed_reason="lost"}[10m]) > 0"#,
        minutes: 0,
        severity: Severity::Info,
        summary: "The expression of an attribute panics, or its value cannot be recorded.",
        remedy: "`.left_out` of the status names span and key.",
        fault: &[series(
            "observed.attribute.dropped",
            Some(("observed.reason", "lost")),
            GROWS,
        )],
    },
    Alert {
        name: "ObservedSpanOpenTooLong",
        expression: "observed_span_oldest_open_seconds > 600",
        minutes: 1,
        severity: Severity::Info,
        summary: "A span has been open for more than ten minutes.",
        remedy: "Something in the service hangs, or is meant to take so long: then raise the limit of this rule.",
        fault: &[series("observed.span.oldest_open", None, "0+30x60")],
    },
    Alert {
        name: "ObservedAccountDoesNotAddUp",
        expression: "min_over_time(observed_span_unaccounted[10m]) > 0 or max_over_time(observed_span_unaccounted[10m]) < 0",
        minutes: 5,
        severity: Severity::Warning,
        summary: "Spans are missing in the account.",
        remedy: "Switch tracing off, keep the whole status and report it.",
        fault: &[series("observed.span.unaccounted", None, "3x60")],
    },
    Alert {
        name: "ObservedSettingsIgnored",
        expression: "observed_setting_ignored > 0",
        minutes: 10,
        severity: Severity::Info,
        summary: "A setting is ignored.",
        remedy: "`.warnings` of the status names it and says why.",
        fault: &[series("observed.setting.ignored", None, HOLDS)],
    },
];
