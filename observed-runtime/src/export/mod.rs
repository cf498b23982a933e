//! The other side of the queue: the worker thread, the conversion to `SpanData`, the exporters.

pub(crate) mod breaker;
mod calibration;
#[cfg(feature = "otlp")]
pub(crate) mod console;
pub(crate) mod control;
#[cfg(feature = "otlp")]
pub(crate) mod fan_out;
pub(crate) mod firewall;
#[cfg(feature = "otlp")]
mod http_client;
#[cfg(feature = "otlp")]
pub(crate) mod otlp;
#[cfg(feature = "otlp")]
pub(crate) mod sdk;
pub(crate) mod sink;
#[cfg(feature = "otlp")]
mod span_data;
mod tail_sampling;
pub(crate) mod worker;
