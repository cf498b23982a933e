//! Where `tracing` and observed spans meet: log lines with ids, and listed spans and events of libraries.
//!
//! [`WithIds`] wraps a formatter of `tracing_subscriber`, so that every line inside an observed span says which.

mod log_lines;

pub use log_lines::WithIds;
