//! The handle that keeps tracing alive, and the questions that anybody may ask.

#[cfg(feature = "enable")]
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "enable")]
use super::before;
use super::builder::Builder;
#[cfg(feature = "enable")]
use super::program::{Handle, Program};
use crate::status::Status;

/// Keeps tracing alive; dropping the last handle flushes what is pending, within two seconds, and stops the worker.
#[derive(Clone, Debug)]
#[must_use = "tracing ends when this is dropped: write `let _tracing = init_tracing(...)` in `main`"]
pub struct Tracing {
    #[cfg(feature = "enable")]
    handle: Arc<Handle>,
}

/// Switches tracing on as the environment says; never fails, never panics.
///
/// With nothing set, tracing is off: `TRACING_ENABLED=1` switches it on. A malformed setting leaves it off, and
/// [`status`] says which one. Switched on, it waits until the exporters are built, at most five seconds; they connect later,
/// and nobody waits for that. It may be called any number of times, from any thread: all handles share one
/// pipeline, and the first configuration wins.
///
/// ```
/// let _tracing = observed_runtime::init_tracing("shop-backend");
/// assert!(!observed_runtime::is_tracing_enabled());
/// ```
pub fn init_tracing(service_name: &str) -> Tracing {
    Tracing::builder(service_name).init()
}

impl Tracing {
    /// Configures tracing in code.
    pub fn builder(service_name: &str) -> Builder {
        Builder::new(service_name)
    }

    #[cfg(feature = "enable")]
    pub(super) fn init(builder: Builder) -> Self {
        Self {
            handle: Program::init(builder),
        }
    }

    #[cfg(not(feature = "enable"))]
    pub(super) fn init(_: Builder) -> Self {
        Self {}
    }

    /// Ends tracing now instead of at the drop of the last handle; returns how many spans were lost with it: those still
    /// open, those that did not leave in time, and those that were dropped meanwhile. A second call returns 0.
    ///
    /// Waits for the exporter until `deadline` has passed, then gives up.
    #[cfg_attr(
        not(feature = "enable"),
        expect(unused_variables, reason = "compiled out")
    )]
    pub fn shutdown(&self, deadline: Duration) -> u64 {
        #[cfg(feature = "enable")]
        {
            self.handle.0.shutdown(deadline)
        }
        #[cfg(not(feature = "enable"))]
        0
    }
}

impl Builder {
    /// Switches tracing on as the settings say; never fails, never panics. See [`crate::status`] for what became of
    /// it.
    pub fn init(self) -> Tracing {
        Tracing::init(self)
    }
}

/// True when a span that starts now could be recorded.
#[must_use]
pub fn is_tracing_enabled() -> bool {
    #[cfg(feature = "enable")]
    {
        Program::current().is_some_and(|program| program.is_enabled())
    }
    #[cfg(not(feature = "enable"))]
    false
}

/// Switches recording on or off while the program runs, and returns the resulting state.
///
/// Off takes effect at once: open spans end as dropped, queued ones still leave. It cannot switch on what malformed
/// settings keep off.
#[cfg_attr(
    not(feature = "enable"),
    expect(unused_variables, reason = "compiled out")
)]
pub fn set_tracing_enabled(enabled: bool) -> bool {
    #[cfg(feature = "enable")]
    {
        Program::current().is_some_and(|program| program.set_enabled(enabled))
    }
    #[cfg(not(feature = "enable"))]
    false
}

/// Switches a scope on or off while the program runs, and returns the resulting state.
///
/// Spans with `scope = "..."` are recorded while their scope is on; all scopes are off until the setting
/// `OBSERVED_<SCOPE>_ENABLED` or this function switches them on.
#[cfg_attr(
    not(feature = "enable"),
    expect(unused_variables, reason = "compiled out")
)]
pub fn set_scope_enabled(scope: &str, enabled: bool) -> bool {
    #[cfg(feature = "enable")]
    {
        Program::current().is_some_and(|program| program.set_scope(scope, enabled))
    }
    #[cfg(not(feature = "enable"))]
    false
}

/// What tracing is doing and where every span went, for health pages.
#[must_use]
pub fn status() -> Status {
    #[cfg(feature = "enable")]
    {
        Program::current().map_or_else(before::status, |program| program.status())
    }
    #[cfg(not(feature = "enable"))]
    Status::compiled_out()
}

/// Exports what has ended so far, on this thread and on others; false when it was not done within `deadline`.
#[cfg_attr(
    not(feature = "enable"),
    expect(unused_variables, reason = "compiled out")
)]
pub fn flush(deadline: Duration) -> bool {
    #[cfg(feature = "enable")]
    {
        Program::current().is_none_or(|program| program.flush(deadline))
    }
    #[cfg(not(feature = "enable"))]
    true
}
