//! The entry point: HTTP in, JSON out.

pub mod admin;
pub mod error;
pub mod health;
pub mod process;
