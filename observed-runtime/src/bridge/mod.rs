//! The OpenTelemetry API's own idea of what is current, and of what a span's context is (R19).
//!
//! The one room that makes their `SpanContext` and turns one into a `Context`. Without the feature `otel-context` nothing of theirs is looked
//! at, and the functions that would do it are empty.

#[cfg(all(feature = "enable", not(feature = "otel-context")))]
mod absent;
#[cfg(feature = "otel-context")]
mod opentelemetry;
#[cfg(any(feature = "otel-context", feature = "otlp"))]
mod span_context;

#[cfg(all(feature = "enable", not(feature = "otel-context")))]
pub(crate) use absent::{Attachment, current, is_inside, prepare, set_attaching};
#[cfg(feature = "otel-context")]
pub(crate) use opentelemetry::{Attachment, attach, current, is_inside, prepare, set_attaching};
#[cfg(feature = "otlp")]
pub(crate) use span_context::SpanContexts;
