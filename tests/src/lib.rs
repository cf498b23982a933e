//! Receivers and helpers of the tests: an OTLP backend of the test's own, and a service run as a process.

pub mod leak;
pub mod receiver;
pub mod service;
