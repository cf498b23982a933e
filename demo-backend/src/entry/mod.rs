//! The entry point: HTTP in, JSON out.

pub mod admin;
pub mod answer;
mod body;
pub mod envelope;
pub mod error;
pub mod health;
mod idempotency;
pub mod metrics;
pub mod openapi;
mod operator;
pub mod process;
