//! The other side of the queue: the worker thread, the conversion to `SpanData`, the exporters.

pub(crate) mod breaker;
mod calibration;
#[cfg(feature = "otlp")]
mod client;
#[cfg(feature = "otlp")]
pub(crate) mod console;
pub(crate) mod control;
#[cfg(feature = "otlp")]
mod convert;
#[cfg(feature = "otlp")]
pub(crate) mod fan_out;
pub(crate) mod firewall;
mod keep;
#[cfg(feature = "otlp")]
pub(crate) mod otlp;
pub(crate) mod queue;
#[cfg(feature = "otlp")]
pub(crate) mod sdk;
pub(crate) mod sink;
pub(crate) mod worker;
