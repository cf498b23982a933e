//! What tracing says of itself as metrics: the account under OpenTelemetry's names for SDKs, and what only this runtime has.
//!
//! One table; [`Status::to_prometheus`](crate::Status::to_prometheus) writes it as text, `observe` gives it to a meter of
//! OpenTelemetry (feature `otel-metrics`), and the alert rules, the dashboard and the table of the documents in the repository
//! are made from it. Every label is a word of a closed list: there are as many series as the table says, whatever the program does.

mod metric;
#[cfg(feature = "otel-metrics")]
mod opentelemetry;
mod prometheus;
mod table;

pub use metric::{Kind, Metric};
#[cfg(feature = "otel-metrics")]
pub use opentelemetry::observe;
pub use prometheus::CONTENT_TYPE;
pub use table::{Group, all, groups};
