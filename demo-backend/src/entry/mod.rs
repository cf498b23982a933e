//! The entry point: HTTP in, JSON out.

pub mod error;
pub mod health;
pub mod process;
