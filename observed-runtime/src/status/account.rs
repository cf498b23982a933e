//! Where every span went (R15).

#[cfg(feature = "enable")]
use crate::pipeline::ledger::{Count, Totals};
#[cfg(feature = "enable")]
use crate::pipeline::{Pipeline, Unsent};

/// Where every span went: `started = exported + discarded + dropped + open + pending`, exact after a flush.
///
/// A thread hands over its last spans when it ends, so the threads that recorded are to be joined before the flush;
/// `std::thread::scope` alone does not wait for that.
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accounting {
    /// Spans that were started and recorded.
    pub started: u64,
    /// Spans that every exporter accepted.
    pub exported: u64,
    /// Spans that were recorded on trial (`OBSERVED_KEEP_ERRORS`) and not kept: their trace neither failed nor was slow.
    pub discarded: u64,
    /// Spans that were lost, by reason.
    pub dropped: Dropped,
    /// Spans that have not ended yet.
    pub open: u64,
    /// Spans that have ended and not left yet, counted where they lie: in the buffers of their threads, in the queue, with
    /// the worker. While spans move, one of them may be seen twice or not at all.
    pub pending: u64,
    /// Of the pending, those in the queue.
    pub queued: u64,
    /// Of the pending, those that the exporters have at the moment.
    pub in_flight: u64,
    /// Spans that the exporters were given, whatever became of them.
    pub handed_over: u64,
    /// Sampling decisions that said no; not part of `started`.
    pub unsampled: u64,
    /// Traces that were not recorded because the overhead budget was used up; not part of `started`.
    pub over_budget: u64,
    /// Traces that were not recorded because exports kept failing; not part of `started`.
    pub paused: u64,
    /// Spans that could not be started, because their thread was ending; not part of `started`.
    pub refused: u64,
    /// Attributes that could not be recorded: their expression panicked, their `Display` failed, they were arrays of more
    /// than 1,024 elements, or late and set too late or on another thread. Links, parents and error codes too, where their
    /// expression panicked.
    pub attributes_lost: u64,
    /// Attributes that were left out because they are floats that are not finite, or arrays with one.
    pub attributes_not_finite: u64,
    /// Attributes that were left out because they are whole numbers above `i64::MAX`, or arrays with one.
    pub attributes_out_of_range: u64,
    /// Attributes beyond `OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT` or `OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT`.
    pub attributes_over_limit: u64,
    /// Attributes, events and names that looked like personal data or credentials at export and were withheld or masked.
    pub attributes_withheld: u64,
    /// Attributes whose key was not in `OBSERVED_ATTRIBUTE_ALLOWLIST`.
    pub attributes_not_allowed: u64,
    /// Spans that the program's lock does not hold as reviewed (R21). They are among the exported, as links of their tree
    /// without a name and values of their own; with `OBSERVED_LOCK=warn` whole.
    pub unreviewed: u64,
    /// Events likewise, of spans that are reviewed: left out; with `OBSERVED_LOCK=warn` not.
    pub unreviewed_events: u64,
    /// Texts that were cut to `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`, or because they were longer than
    /// [`MAX_TEXT_BYTES`](crate::MAX_TEXT_BYTES).
    pub attributes_cut: u64,
    /// Members of callers' `tracestate` that are not carried on: beyond 32 members or 512 characters, or of a key that
    /// came before; a malformed list counts as one.
    pub tracestate_members_dropped: u64,
    /// Spans of requests that are named by their method alone, because what `name = route(..)` was given as a template is none,
    /// or the process has had 1,024 others.
    pub routes_unnamed: u64,
    /// Events beyond `OTEL_SPAN_EVENT_COUNT_LIMIT`.
    pub events_dropped: u64,
    /// Links beyond `OTEL_SPAN_LINK_COUNT_LIMIT`; of more than 1,024 of one span, those up to there.
    pub links_dropped: u64,
}

/// Lost spans by reason.
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dropped {
    /// The queue was full.
    pub queue_full: u64,
    /// An exporter failed or refused.
    pub export_failed: u64,
    /// Tracing was switched off while the span was open.
    pub disabled: u64,
    /// Tracing had been shut down.
    pub shutdown: u64,
    /// The thread ended while the span was open.
    pub thread_ended: u64,
    /// The receiver took the request and refused the span (`partial_success`).
    pub rejected: u64,
    /// The span alone was larger than a request may be.
    pub too_large: u64,
}

impl Dropped {
    /// All lost spans.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.queue_full
            + self.export_failed
            + self.disabled
            + self.shutdown
            + self.thread_ended
            + self.rejected
            + self.too_large
    }
}

impl Accounting {
    /// True when every started span is accounted for.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.started
            == self.exported + self.discarded + self.dropped.total() + self.open + self.pending
    }

    #[cfg(feature = "enable")]
    pub(crate) fn of(pipeline: &Pipeline) -> Self {
        Self::from_totals(&pipeline.totals(), pipeline.unsent())
    }

    #[cfg(feature = "enable")]
    pub(crate) fn from_totals(totals: &Totals, unsent: Unsent) -> Self {
        Self {
            started: totals.of(Count::Started),
            exported: totals.of(Count::Exported),
            discarded: totals.of(Count::Discarded),
            dropped: Dropped {
                queue_full: totals.of(Count::QueueFull),
                export_failed: totals.of(Count::ExportFailed),
                disabled: totals.of(Count::Disabled),
                shutdown: totals.of(Count::Shutdown),
                thread_ended: totals.of(Count::ThreadEnded),
                rejected: totals.of(Count::Rejected),
                too_large: totals.of(Count::TooLarge),
            },
            open: totals
                .of(Count::Opened)
                .saturating_sub(totals.of(Count::Closed)),
            pending: unsent.pending(),
            queued: unsent.queued,
            in_flight: unsent.in_flight,
            handed_over: totals.of(Count::HandedOver),
            unsampled: totals.of(Count::Unsampled),
            over_budget: totals.of(Count::OverBudget),
            paused: totals.of(Count::Paused),
            refused: totals.of(Count::Refused),
            attributes_lost: totals.of(Count::AttributeLost),
            attributes_not_finite: totals.of(Count::NotFinite),
            attributes_out_of_range: totals.of(Count::OutOfRange),
            attributes_over_limit: totals.of(Count::OverLimit),
            attributes_withheld: totals.of(Count::Withheld),
            attributes_not_allowed: totals.of(Count::NotAllowed),
            unreviewed: totals.of(Count::Unreviewed),
            unreviewed_events: totals.of(Count::EventUnreviewed),
            attributes_cut: totals.of(Count::Cut),
            tracestate_members_dropped: totals.of(Count::StateMember),
            routes_unnamed: totals.of(Count::RouteUnnamed),
            events_dropped: totals.of(Count::EventDropped),
            links_dropped: totals.of(Count::LinkDropped),
        }
    }
}
