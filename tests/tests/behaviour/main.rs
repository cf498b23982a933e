//! What annotated functions record, captured per test; one binary, because linking is what tests cost.

mod async_traits;
mod attributes;
mod context;
mod drops;
mod error_types;
mod futures;
mod grammar;
mod isolation;
mod locked;
mod outcomes;
mod regressions;
mod routes;
mod spans;
