//! `observed.toml`: what people decided. It is read here, and written without losing a comment or an order.

mod decided;
mod imports;
mod read;
mod reader;
mod renames;
mod reviewed;
mod tables;
mod write;

use std::path::Path;

use crate::failure::Result;

pub(crate) use decided::{People, Processing, Standing, Types, Unseen};
pub(crate) use read::{FILE, parse, read};
pub(crate) use renames::Renames;
pub(crate) use reviewed::{Review, lists};
pub(crate) use write::{exempt_all, review, types};

/// Reads the reviews that other repositories keep, beside those that are in the file.
pub(crate) fn with_imports(mut people: People, root: &Path) -> Result<People> {
    imports::load(root, &mut people)?;
    Ok(people)
}
