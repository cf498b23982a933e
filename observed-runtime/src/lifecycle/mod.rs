//! Switching tracing on: the handle, the builder, and what the rest of the program may ask.

#[cfg(feature = "enable")]
mod before;
mod builder;
#[cfg(feature = "enable")]
mod exporters;
mod handle;
#[cfg(feature = "enable")]
mod lines;
#[cfg(feature = "enable")]
mod program;
#[cfg(feature = "enable")]
mod report;

pub use builder::Builder;
pub use handle::{
    Tracing, flush, init_tracing, is_tracing_enabled, set_scope_enabled, set_tracing_enabled,
    status,
};
