//! Where spans go: OpenTelemetry's metrics of SDKs, and the rest of the account (R15).

use super::labels::{by_error, by_reason, exporter, plain, processor, recorded};
use crate::metrics::metric::{Metric, Reading};
use crate::status::{Accounting, FAILURES, Status};

pub(super) const METRICS: &[Metric] = &[
    Metric {
        name: "otel.sdk.span.started",
        unit: "{span}",
        help: "Spans that were started and recorded.",
        reading: Reading::Counter(|status| recorded(status.spans.started)),
    },
    Metric {
        name: "otel.sdk.span.live",
        unit: "{span}",
        help: "Recorded spans that have not ended yet.",
        reading: Reading::UpDownCounter(|status| recorded(signed(status.spans.open))),
    },
    Metric {
        name: "otel.sdk.processor.span.queue.size",
        unit: "{span}",
        help: "Finished spans in the queue.",
        reading: Reading::UpDownCounter(|status| vec![(processor(), signed(status.spans.queued))]),
    },
    Metric {
        name: "otel.sdk.processor.span.queue.capacity",
        unit: "{span}",
        help: "How many spans the queue holds.",
        reading: Reading::UpDownCounter(|status| {
            vec![(processor(), signed(status.queue_capacity))]
        }),
    },
    Metric {
        name: "otel.sdk.processor.span.processed",
        unit: "{span}",
        help: "Spans that were given to the exporters, and by error.type those that were lost before that.",
        reading: Reading::Counter(|status| {
            let (spans, lost) = (&status.spans, &status.spans.dropped);
            let failed = [
                ("queue_full", lost.queue_full),
                ("already_shutdown", lost.shutdown),
                ("disabled", lost.disabled),
                ("thread_ended", lost.thread_ended),
            ];
            by_error(&processor(), spans.handed_over, failed)
        }),
    },
    Metric {
        name: "otel.sdk.exporter.span.inflight",
        unit: "{span}",
        help: "Spans that the exporters have at the moment.",
        reading: Reading::UpDownCounter(|status| {
            vec![(exporter(status), signed(status.spans.in_flight))]
        }),
    },
    Metric {
        name: "otel.sdk.exporter.span.exported",
        unit: "{span}",
        help: "Spans that every exporter accepted, and by error.type those that did not arrive.",
        reading: Reading::Counter(|status| {
            by_error(
                &exporter(status),
                status.spans.exported,
                undelivered(status),
            )
        }),
    },
    Metric {
        name: "observed.span.discarded",
        unit: "{span}",
        help: "Spans that were recorded on trial and not kept, because their trace neither failed nor was slow.",
        reading: Reading::Counter(|status| plain(status.spans.discarded)),
    },
    Metric {
        name: "observed.span.pending",
        unit: "{span}",
        help: "Finished spans that have not left yet, wherever they lie.",
        reading: Reading::UpDownCounter(|status| plain(signed(status.spans.pending))),
    },
    Metric {
        name: "observed.span.unaccounted",
        unit: "{span}",
        help: "Spans that the account misses; 0 while nothing moves, or the runtime has a defect.",
        reading: Reading::UpDownCounter(|status| plain(unaccounted(&status.spans))),
    },
    Metric {
        name: "observed.span.refused",
        unit: "{span}",
        help: "Spans that could not be started, because their thread was ending.",
        reading: Reading::Counter(|status| plain(status.spans.refused)),
    },
    Metric {
        name: "observed.span.oldest_open",
        unit: "s",
        help: "How long the span that has been open for longest has been open.",
        reading: Reading::Gauge(|status| plain(oldest_open(status))),
    },
    Metric {
        name: "observed.trace.unrecorded",
        unit: "{trace}",
        help: "Traces that were not recorded, by reason.",
        reading: Reading::Counter(|status| {
            by_reason([
                ("unsampled", status.spans.unsampled),
                ("over_budget", status.spans.over_budget),
                ("paused", status.spans.paused),
            ])
        }),
    },
];

/// A count as OpenTelemetry has those that shrink.
fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What exporters did not deliver: of failed requests by class, and what else was refused or too large for any.
fn undelivered(status: &Status) -> impl Iterator<Item = (&'static str, u64)> {
    FAILURES.iter().map(|class| {
        let of_requests = status.export_failures.get(class).copied();
        let by_itself = match *class {
            "rejected" => status.spans.dropped.rejected,
            "too_large" => status.spans.dropped.too_large,
            _ => 0,
        };
        (*class, of_requests.unwrap_or_default() + by_itself)
    })
}

fn oldest_open(status: &Status) -> f64 {
    status.oldest_open.unwrap_or_default().as_secs_f64()
}

fn unaccounted(spans: &Accounting) -> i64 {
    let seen =
        spans.exported + spans.discarded + spans.dropped.total() + spans.open + spans.pending;
    signed(spans.started) - signed(seen)
}
