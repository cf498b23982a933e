//! What the toolkit can say of itself: its state, its reason, and where every span went (R15).

#[cfg(feature = "enable")]
use crate::pipeline::ledger::{Count, Totals};

/// Whether tracing runs, and if not, why.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// `init_tracing` has not been called, or its last handle was dropped.
    NotInitialised,
    /// `Tracing::shutdown` was called.
    Ended,
    /// Built without the feature `enable`: nothing can be recorded.
    CompiledOut,
    /// Switched off.
    Disabled,
    /// Recording and exporting.
    Enabled,
    /// The settings or the exporter are unusable; tracing stays off.
    Failed {
        /// What is wrong, without any value that may be a credential.
        reason: String,
    },
}

/// The answer of [`status`](crate::status); with the feature `serde` it can be serialised, for an operator's page.
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Status {
    /// Whether tracing runs.
    pub state: State,
    /// The service name under which spans leave; empty before initialisation.
    pub service_name: String,
    /// Where spans go, such as `otlp grpc http://localhost:4317`; credentials are left out.
    pub exporter: String,
    /// The share of traces that is to be recorded, from 0 to 1, as set.
    pub sampling_rate: f64,
    /// The share of the traces that began or were continued here and were recorded; none before the first one.
    pub effective_sampling_rate: Option<f64>,
    /// What `OBSERVED_OVERHEAD_BUDGET` does, where it is set.
    pub budget: Option<Budget>,
    /// How long the span that has been open for longest has been open.
    pub oldest_open: Option<std::time::Duration>,
    /// Where every span went.
    pub spans: Accounting,
    /// The class of the last failed export: `timeout`, `refused`, ...; docs/TRACING-TROUBLESHOOTING.md has all of them.
    pub last_export_error: Option<&'static str>,
    /// The HTTP status or gRPC code of the last failed export, where the receiver gave one.
    pub last_export_status: Option<u16>,
    /// What the worker does.
    pub worker: WorkerState,
    /// What the firewall found: which span and which key, never the value; the first 32 different ones.
    pub withheld: Vec<Withheld>,
    /// Attributes that did not leave, or not whole: which span, which key and why; the first 16 different ones of each
    /// reason.
    pub left_out: Vec<LeftOut>,
    /// The settings that are ignored, by name and with the reason, never with a value.
    pub warnings: Vec<String>,
}

/// What the thread that exports does.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WorkerState {
    /// There is none: not started yet, or ended.
    NotRunning,
    /// Its last export succeeded, or there was none yet.
    Exporting,
    /// Its last export failed.
    Failing,
    /// Its exports kept failing: no new trace is recorded until it tries again.
    Paused,
}

/// What the overhead budget does.
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Budget {
    /// The limit, in percent of the CPU time of the process.
    pub percent: f64,
    /// The share of the sampled traces that it has room for, from 0 to 1.
    pub admitted: f64,
}

/// Something that looked like personal data or a credential and did not leave (R11).
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Withheld {
    /// The span's name.
    pub span: &'static str,
    /// The attribute's key, or what else it was: `span name`, `event name`, `error.type`, `tracestate`.
    pub key: &'static str,
    /// What it looked like: `e-mail address`, `CPF`, ...
    pub looks_like: &'static str,
}

/// An attribute that did not leave, or not whole, for a reason that is not the firewall's.
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// The span's name, also for an attribute of one of its events.
    pub span: &'static str,
    /// The attribute's key.
    pub key: &'static str,
    /// `not_finite`: a float that is not finite. `out_of_range`: a whole number above `i64::MAX`. `over_limit`: beyond the
    /// limit of the attributes of a span or an event. `lost`: its expression panicked, its `Display` failed, or it is an
    /// array of more than 1,024 elements. `cut`: a text that left without its end.
    pub reason: &'static str,
}

/// Where every span went: `started = exported + discarded + dropped + open + pending`, exact after a flush.
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
    /// Spans that have ended and not left yet.
    pub pending: u64,
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
    /// Texts that were cut to `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`, or because they were longer than
    /// [`MAX_TEXT_BYTES`](crate::MAX_TEXT_BYTES).
    pub attributes_cut: u64,
    /// Members of callers' `tracestate` that are not carried on: beyond 32 members or 512 characters, or of a key that
    /// came before; a malformed list counts as one.
    pub tracestate_members_dropped: u64,
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
    pub(crate) fn from_totals(totals: &Totals) -> Self {
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
            pending: totals
                .of(Count::Queued)
                .saturating_sub(totals.of(Count::Settled)),
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
            attributes_cut: totals.of(Count::Cut),
            tracestate_members_dropped: totals.of(Count::StateMember),
            events_dropped: totals.of(Count::EventDropped),
            links_dropped: totals.of(Count::LinkDropped),
        }
    }
}

impl State {
    /// The state as one word, for a health page.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            State::NotInitialised => "not_initialised",
            State::Ended => "ended",
            State::CompiledOut => "compiled_out",
            State::Disabled => "disabled",
            State::Enabled => "enabled",
            State::Failed { .. } => "failed",
        }
    }
}

impl Status {
    #[cfg(feature = "enable")]
    pub(crate) fn not_initialised() -> Self {
        Self::without_pipeline(State::NotInitialised)
    }

    #[cfg(not(feature = "enable"))]
    pub(crate) fn compiled_out() -> Self {
        Self::without_pipeline(State::CompiledOut)
    }

    fn without_pipeline(state: State) -> Self {
        Self {
            state,
            service_name: String::new(),
            exporter: String::new(),
            sampling_rate: 0.0,
            effective_sampling_rate: None,
            budget: None,
            oldest_open: None,
            spans: Accounting::default(),
            last_export_error: None,
            last_export_status: None,
            worker: WorkerState::NotRunning,
            withheld: Vec::new(),
            left_out: Vec::new(),
            warnings: Vec::new(),
        }
    }
}
