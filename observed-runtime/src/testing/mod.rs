//! Captures the spans of one closure or future, isolated from everything else that the process traces.

mod capture;
mod captured;
#[cfg(feature = "otlp")]
mod exporter;
mod locked;
mod tree;

#[cfg(feature = "otlp")]
pub use exporter::{FakeExporter, Manner};

pub use capture::{capture, capture_future};
pub use captured::{Capture, CapturedEvent, CapturedSpan, CapturedStatus, CapturedValue};
pub use locked::assert_locked;
