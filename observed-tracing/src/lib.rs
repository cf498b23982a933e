//! Where `tracing` and observed spans meet: log lines with ids, and listed spans and events of libraries.
//!
//! [`WithIds`] wraps a formatter of `tracing_subscriber`, so that every line inside an observed span says which.
//! [`layer`] makes observed spans and events of those that a [`List`] names, with the fields that it names; of everything
//! else of `tracing` nothing leaves.
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `toml` | [`List::from_toml`] |
//! | `otel-context` | that of `observed-runtime` |

#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct Readme;

mod entered;
mod fields;
mod layer;
mod list;
mod log_lines;
mod only;
mod state;

pub use layer::{Bridge, Layer, layer};
pub use list::{Kind, List, Listed, Mistakes, event, span};
pub use log_lines::WithIds;
pub use only::Only;
