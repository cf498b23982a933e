//! A small production service whose every span was put by hand.
//!
//! A request passes the entry point, the gates, the pipeline of seven steps and an executor; each of them is a
//! function with its own `#[observed]`. No text that a client sent is recorded before it was found in the
//! service's own [`registry`], but for the id and the state of a trace that it continues (docs/privacy-limits.md).

pub mod audit;
pub mod digest;
pub mod entry;
pub mod executors;
pub mod gates;
pub mod limits;
pub mod lock;
pub mod outcome;
pub mod pipeline;
pub mod registry;
pub mod request;
pub mod router;
pub mod rules;
pub mod server;
pub mod state;
pub mod store;
#[cfg(feature = "tracing")]
pub mod tour;
