//! One file, read: its sites, what they may refer to, and what the rules want to know of it.

mod annotation;
mod getters;
pub(crate) mod imports;
mod items;
pub(crate) mod names;
mod read;
mod reason;
mod tokens;
pub(crate) mod types;
pub(crate) mod value;
mod visitor;
mod wrapper;

use proc_macro2::TokenStream;

pub(crate) use read::{Fact, Read, Setting, Unresolved};

/// Reads a file that was split into tokens; the error is the parser's.
pub(crate) fn read(tokens: TokenStream, setting: &Setting<'_>) -> syn::Result<Read> {
    let file: syn::File = syn::parse2(tokens)?;
    Ok(visitor::read(&file, setting))
}
