//! Who is the parent: the context of the current span, carried across threads and services.
//!
//! Nothing carries it by itself; a reviewer sees where it crosses:
//!
//! | to | write |
//! | --- | --- |
//! | a thread | `std::thread::spawn(context::wrap(work))` |
//! | a task | `tokio::spawn(work().in_current_context())` |
//! | a blocking task | `tokio::task::spawn_blocking(context::wrap(work))` |
//! | a job of a pool | `pool.execute(context::wrap(work))`, `rayon::spawn(context::wrap(work))` |
//! | many jobs at once | `let context = context::current();` and `items.par_iter().map(\|item\| context.run(\|\| work(item)))` |
//! | another service | `propagation::inject(&context::current(), request.headers_mut())` |

mod current;
#[cfg(all(feature = "enable", not(feature = "otel-context")))]
#[path = "alone.rs"]
pub(crate) mod foreign;
#[cfg(feature = "otel-context")]
pub(crate) mod foreign;
mod ids;
mod in_context;
#[cfg(feature = "http")]
mod layer;
#[cfg(feature = "http")]
pub mod propagation;

use std::sync::Arc;

pub use current::{current, wrap};
pub use ids::{SpanId, TraceId};
pub use in_context::{InContext, InContextExt};

/// The links of one span (`OTEL_SPAN_LINK_COUNT_LIMIT` of the OpenTelemetry specification).
pub(crate) const MAX_LINKS: usize = 128;

/// A position in a trace: which trace, which span, and whether it is recorded.
///
/// Cheap to clone. It says nothing of what a span recorded (R6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    pub(crate) trace_id: TraceId,
    pub(crate) span_id: SpanId,
    pub(crate) sampled: bool,
    pub(crate) remote: bool,
    /// Not sampled, and recorded on trial in this process (`OBSERVED_KEEP_ERRORS`).
    pub(crate) on_trial: bool,
    /// The pipeline that records this trace in this process; 0 where none is known yet.
    pub(crate) pipeline: u32,
    pub(crate) trace_state: Option<Arc<str>>,
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
