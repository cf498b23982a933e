//! The other side of the queue: the worker thread, the firewall, the encoder, the exporters.

pub(crate) mod breaker;
mod calibration;
#[cfg(feature = "otlp")]
mod code;
#[cfg(feature = "otlp")]
pub(crate) mod console;
pub(crate) mod control;
pub(crate) mod failure;
#[cfg(feature = "otlp")]
pub(crate) mod fan_out;
pub(crate) mod firewall;
#[cfg(feature = "otlp")]
pub(crate) mod io;
#[cfg(feature = "otlp")]
pub(crate) mod otlp;
mod outgoing;
#[cfg(feature = "viewer")]
pub(crate) mod page;
pub(crate) mod report;
#[cfg(feature = "otlp")]
pub(crate) mod resource;
mod reviewed;
#[cfg(feature = "otlp")]
pub(crate) mod sdk;
pub(crate) mod sink;
#[cfg(feature = "otlp")]
mod span_data;
mod tail_sampling;
#[cfg(feature = "otlp")]
mod transport;
pub(crate) mod worker;
