//! Receivers and helpers of the tests: an OTLP backend of the test's own, and a service run as a process.

pub mod closing;
pub mod hostile;
pub mod leak;
pub mod receiver;
pub mod requirements;
pub mod service;
pub mod tls;

/// The examples of `docs/ROLLOUT.md`, compiled and run; its commands are run by `tests/rollout`.
#[cfg(doctest)]
#[doc = include_str!("../../docs/ROLLOUT.md")]
mod rollout {}

/// The examples of `docs/metrics.md`, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/metrics.md")]
mod metrics {}
