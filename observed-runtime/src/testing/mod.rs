//! Captures the spans of one closure or future, isolated from everything else that the process traces.

mod capture;
#[cfg(feature = "otlp")]
mod exporter;
mod tree;

#[cfg(feature = "otlp")]
pub use exporter::{FakeExporter, Manner};

pub use capture::{
    Capture, CapturedEvent, CapturedSpan, CapturedStatus, CapturedValue, capture, capture_future,
};
