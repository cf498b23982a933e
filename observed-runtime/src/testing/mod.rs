//! Captures the spans of one closure or future, isolated from everything else that the process traces; and switches the
//! program's own tracing on in a test program.

mod capture;
mod captured;
#[cfg(feature = "otlp")]
mod exporter;
mod from_env;
mod locked;
mod tree;

#[cfg(feature = "otlp")]
pub use exporter::{FakeExporter, Manner};

pub use capture::{capture, capture_future};
pub use captured::{Capture, CapturedEvent, CapturedSpan, CapturedStatus, CapturedValue};
pub use from_env::{FromEnv, init_from_env};
pub use locked::assert_locked;
