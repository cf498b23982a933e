//! `observed.toml`: what people decided. It is read here, and written without losing a comment or an order.

mod decided;
mod read;
mod write;

pub(crate) use decided::{People, Processing, Review, Standing, Unseen, lists};
pub(crate) use read::{FILE, parse, read};
pub(crate) use write::{exempt_all, review};
