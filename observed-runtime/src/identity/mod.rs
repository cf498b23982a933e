//! Positions in traces: which trace, which span, and what was decided about it.
//!
//! Plain data that everything above agrees on; what is current on a thread is in `thread/`, and how a context crosses to
//! another thread or service in `context/`.

mod ids;
mod log_ids;
mod random;
#[cfg(any(feature = "enable", feature = "http"))]
pub(crate) mod threshold;
#[cfg(any(feature = "enable", feature = "http"))]
pub(crate) mod trace_state;

pub use ids::{SpanId, TraceId};
pub use log_ids::{Ids, TraceFlags};

/// A position in a trace: which trace, which span, and whether it is recorded.
///
/// Cheap to clone. It says nothing of what a span recorded (R6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, in any combination"
)]
pub struct Context {
    pub(crate) trace_id: TraceId,
    pub(crate) span_id: SpanId,
    pub(crate) sampled: bool,
    /// The trace id is random, at least its last 7 bytes (W3C Trace Context Level 2, section 3.2.2.3.2).
    pub(crate) random: bool,
    pub(crate) remote: bool,
    /// Not sampled, and recorded on trial in this process (`OBSERVED_KEEP_ERRORS`).
    pub(crate) on_trial: bool,
    /// The pipeline that records this trace in this process; 0 where none is known yet.
    pub(crate) pipeline: u32,
    #[cfg(any(feature = "enable", feature = "http"))]
    pub(crate) trace_state: trace_state::TraceState,
}

impl Context {
    /// A trace that has an id and no span yet: the first span started with it as `parent` is the root.
    ///
    /// For a service that answers with the id of its trace, tracing on or off.
    ///
    /// ```
    /// use observed_runtime::context::{Context, TraceId};
    ///
    /// let context = Context::new_trace(TraceId::random());
    /// assert!(context.trace_id().is_valid());
    /// assert!(!context.span_id().is_valid());
    /// ```
    #[must_use]
    pub fn new_trace(trace_id: TraceId) -> Self {
        Self {
            trace_id,
            ..Self::default()
        }
    }

    /// A trace with a fresh id and no span yet, for a service that answers with it: like [`Context::new_trace`] with a
    /// random id, and other services are told that it is random.
    ///
    /// ```
    /// use observed_runtime::context::Context;
    ///
    /// let context = Context::random_trace();
    /// assert_ne!(context.trace_id(), Context::random_trace().trace_id());
    /// ```
    #[must_use]
    pub fn random_trace() -> Self {
        Self {
            trace_id: TraceId::random(),
            random: true,
            ..Self::default()
        }
    }

    /// The trace's id; the invalid id of zeros where there is no trace.
    #[must_use]
    pub fn trace_id(&self) -> TraceId {
        self.trace_id
    }

    /// The span's id; the invalid id of zeros where there is no span.
    #[must_use]
    pub fn span_id(&self) -> SpanId {
        self.span_id
    }

    /// True when the trace is recorded, here or by the caller of this service.
    #[must_use]
    pub fn is_sampled(&self) -> bool {
        self.sampled
    }

    /// True when the context names a span, so that a link to it says something.
    pub(crate) fn is_a_span(&self) -> bool {
        self.trace_id.is_valid() && self.span_id.is_valid()
    }

    /// True when the span is of another service.
    #[must_use]
    pub fn is_remote(&self) -> bool {
        self.remote
    }
}
