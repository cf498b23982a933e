//! What of spans did not leave, or not whole.

use super::labels::{by_reason, plain};
use crate::metrics::metric::{Metric, Reading};

pub(super) const METRICS: &[Metric] = &[
    Metric {
        name: "observed.attribute.dropped",
        unit: "{attribute}",
        help: "Attributes that did not leave, by reason; with those withheld also events and names.",
        reading: Reading::Counter(|status| {
            let spans = &status.spans;
            by_reason([
                ("lost", spans.attributes_lost),
                ("not_finite", spans.attributes_not_finite),
                ("out_of_range", spans.attributes_out_of_range),
                ("over_limit", spans.attributes_over_limit),
                ("withheld", spans.attributes_withheld),
                ("not_allowed", spans.attributes_not_allowed),
            ])
        }),
    },
    Metric {
        name: "observed.attribute.cut",
        unit: "{attribute}",
        help: "Texts that left without their end.",
        reading: Reading::Counter(|status| plain(status.spans.attributes_cut)),
    },
    Metric {
        name: "observed.event.dropped",
        unit: "{event}",
        help: "Events beyond the limit of their span.",
        reading: Reading::Counter(|status| plain(status.spans.events_dropped)),
    },
    Metric {
        name: "observed.link.dropped",
        unit: "{link}",
        help: "Links beyond the limit of their span.",
        reading: Reading::Counter(|status| plain(status.spans.links_dropped)),
    },
    Metric {
        name: "observed.span.unreviewed",
        unit: "{span}",
        help: "Spans that the lock does not hold as reviewed.",
        reading: Reading::Counter(|status| plain(status.spans.unreviewed)),
    },
    Metric {
        name: "observed.event.unreviewed",
        unit: "{event}",
        help: "Events that the lock does not hold as reviewed, in spans that it does.",
        reading: Reading::Counter(|status| plain(status.spans.unreviewed_events)),
    },
    Metric {
        name: "observed.route.unnamed",
        unit: "{span}",
        help: "Spans of requests that are named by their method alone.",
        reading: Reading::Counter(|status| plain(status.spans.routes_unnamed)),
    },
    Metric {
        name: "observed.tracestate.dropped",
        unit: "{member}",
        help: "Members of callers' tracestate that are not carried on.",
        reading: Reading::Counter(|status| plain(status.spans.tracestate_members_dropped)),
    },
];
