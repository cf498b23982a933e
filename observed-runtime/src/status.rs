//! What the toolkit can say of itself: its state, its reason, and what was found and left out.

mod account;
mod words;

use std::collections::BTreeMap;

pub use account::{Accounting, Dropped};
pub(crate) use words::FAILURES;

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
    /// What kind of exporter that is, in OpenTelemetry's words where it has one: `otlp_grpc_span_exporter`,
    /// `otlp_http_span_exporter`, else `console`, `program`, `several` or `none`.
    pub exporter_type: &'static str,
    /// The share of traces that is to be recorded, from 0 to 1, as set.
    pub sampling_rate: f64,
    /// The share of the traces that began or were continued here and were recorded; none before the first one.
    pub effective_sampling_rate: Option<f64>,
    /// What `OBSERVED_OVERHEAD_BUDGET` does, where it is set.
    pub budget: Option<Budget>,
    /// How long the span that has been open for longest has been open.
    pub oldest_open: Option<std::time::Duration>,
    /// How many spans the queue holds (`OTEL_BSP_MAX_QUEUE_SIZE`); 0 where there is none.
    pub queue_capacity: u64,
    /// Where every span went.
    pub spans: Accounting,
    /// The class of the last failed export: `timeout`, `refused`, ...; docs/TRACING-TROUBLESHOOTING.md has all of them.
    pub last_export_error: Option<&'static str>,
    /// The HTTP status or gRPC code of the last failed export, where the receiver gave one.
    pub last_export_status: Option<u16>,
    /// How many spans failed exports lost, by the class of the failure.
    pub export_failures: BTreeMap<&'static str, u64>,
    /// What the worker does.
    pub worker: WorkerState,
    /// What may leave: the last layer's mode and list.
    pub firewall: Firewall,
    /// What the firewall found: which span and which key, never the value; the first 32 different ones of the program, and
    /// eight of what came from outside (`tracestate`). They stay after the end.
    pub withheld: Vec<Withheld>,
    /// Whether only what was reviewed leaves, and by which lock.
    pub lock: Lock,
    /// What the lock does not hold as reviewed and was recorded all the same: the first 32 different ones. They stay after
    /// the end.
    pub unreviewed: Vec<Unreviewed>,
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

/// What the last layer lets out (R11).
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Firewall {
    /// `drop`, `mask` or `off`, as `OBSERVED_FIREWALL` says; in the resource of each span as `observed.firewall`.
    pub mode: &'static str,
    /// The keys of `OBSERVED_ATTRIBUTE_ALLOWLIST`; none where all may leave.
    pub allowed: Option<Vec<String>>,
    /// The version of the dictionary of names and of the patterns; empty where nothing is initialised.
    pub dictionary: &'static str,
}

/// Whether only what was reviewed leaves (R21).
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lock {
    /// `enforce`, `warn` or `off`, as `OBSERVED_LOCK` says.
    pub mode: &'static str,
    /// The first sixteen digits of what `sha256sum observed.lock` prints of the lock that the program was built with; in
    /// the resource of each span as `observed.lock`. None where it was built without.
    pub digest: Option<String>,
}

/// A span or an event that the program's lock does not hold as reviewed (R21).
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreviewed {
    /// `span` or `event`.
    pub what: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The module of its annotation; empty for an event.
    pub module: &'static str,
    /// The fingerprint that the lock does not hold, sixteen hexadecimal digits.
    pub fingerprint: String,
    /// How often it was recorded.
    pub count: u64,
    /// The first time.
    pub first: std::time::SystemTime,
    /// The last time.
    pub last: std::time::SystemTime,
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
    /// What it looked like the first time: `e-mail address`, `CPF`, ...
    pub looks_like: &'static str,
    /// How often it was withheld.
    pub count: u64,
    /// The first time.
    pub first: std::time::SystemTime,
    /// The last time.
    pub last: std::time::SystemTime,
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
            exporter_type: "none",
            sampling_rate: 0.0,
            effective_sampling_rate: None,
            budget: None,
            oldest_open: None,
            queue_capacity: 0,
            spans: Accounting::default(),
            last_export_error: None,
            last_export_status: None,
            export_failures: BTreeMap::new(),
            worker: WorkerState::NotRunning,
            firewall: Firewall {
                mode: "drop",
                allowed: None,
                dictionary: "",
            },
            withheld: Vec::new(),
            lock: Lock {
                mode: "off",
                digest: None,
            },
            unreviewed: Vec::new(),
            left_out: Vec::new(),
            warnings: Vec::new(),
        }
    }
}
