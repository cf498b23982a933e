//! Captures the spans of one closure or future, isolated from everything else that the process traces.

mod capture;
mod tree;

pub use capture::{
    Capture, CapturedEvent, CapturedSpan, CapturedStatus, CapturedValue, capture, capture_future,
};
