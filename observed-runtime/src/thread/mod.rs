//! One thread's telemetry: what is current on it, and how spans start, are annotated and end there.
//!
//! The state of a thread is a [`state::Thread`] behind a thread-local: a stack of entries, a session for each pipeline
//! that it records to, and scratch memory for attributes. It is made at the first use and destroyed with the thread, which
//! hands over what it wrote and counts the spans it leaves open. Nothing of the user's runs while it is borrowed, and no
//! other thread ever touches it: what the worker may read is in `pipeline::local`.

pub(crate) mod annotate;
mod answers;
pub(crate) mod attach;
pub(crate) mod attributes;
mod bridge;
mod current;
pub(crate) mod end;
mod frame;
pub(crate) mod future;
pub(crate) mod log_ids;
mod scratch;
mod session;
mod stack;
pub(crate) mod start;
mod state;

pub(crate) use frame::SuspendedSpan;
pub(crate) use state::{is_silent, is_suppressed, suppress, unsuppressed};
