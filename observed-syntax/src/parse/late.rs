//! The entries of `late(...)`: `order.cents: u64`, or `handle @ "a key": u64`.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Token, Type};

use super::attributes::{self, Key};
use super::{list, read};
use crate::Diagnostics;

/// One entry of `late(...)`.
pub struct LateEntry {
    /// The name of the handle, where it was written; else it is made from the key.
    pub handle: Option<Ident>,
    /// The key.
    pub key: Key,
    /// The type, in the wrapper `public(...)` or not.
    pub ty: LateType,
}

impl LateEntry {
    /// Returns the name of the handle: as written, or the key's segments joined by `_`.
    #[must_use]
    pub fn handle_name(&self) -> String {
        match &self.handle {
            Some(handle) => handle.unraw().to_string(),
            None => self.key.text.replace('.', "_"),
        }
    }
}

/// The type of a late attribute.
pub enum LateType {
    /// A type that is an attribute value.
    Plain(Type),
    /// `public(T)`: text.
    Public(Type),
}

/// Reads all entries; one that cannot be read is reported and skipped.
pub(super) fn read(
    keyword: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<LateEntry>> {
    let content = read::parenthesized(
        keyword,
        "a list",
        "late(order.cents: u64)",
        input,
        diagnostics,
    )?;
    Some(list::entries(content, "late attribute", diagnostics, entry))
}

fn entry(input: ParseStream<'_>) -> syn::Result<LateEntry> {
    let handle = if input.peek2(Token![@]) {
        let handle = input.parse()?;
        input.parse::<Token![@]>()?;
        Some(handle)
    } else {
        None
    };
    let key = attributes::key(input)?;
    input.parse::<Token![:]>()?;
    Ok(LateEntry {
        handle,
        key,
        ty: late_type(input)?,
    })
}

fn late_type(input: ParseStream<'_>) -> syn::Result<LateType> {
    let ahead = input.fork();
    let is_public = ahead
        .parse::<Ident>()
        .is_ok_and(|wrapper| wrapper == "public")
        && ahead.peek(syn::token::Paren);
    if !is_public {
        return Ok(LateType::Plain(input.parse()?));
    }
    input.parse::<Ident>()?;
    let content;
    syn::parenthesized!(content in input);
    let ty = content.parse()?;
    if !content.is_empty() {
        return Err(content.error("`public` takes one type: public(String)"));
    }
    Ok(LateType::Public(ty))
}
