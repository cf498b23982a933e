//! The entries of `late(...)`: `order.cents: u64`, `reason: text`, `shelf: not_pii(u64, "reason")`.

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{LitStr, Token, Type};

use super::attributes::{self, Key};
use super::{list, read};
use crate::{Diagnostics, Rule};

/// One entry of `late(...)`.
pub struct LateEntry {
    /// The key.
    pub key: Key,
    /// What the key takes.
    pub ty: LateType,
    /// The reason why the key holds no personal data, where one was given.
    pub not_pii: Option<String>,
}

/// What a late attribute takes.
#[derive(Clone)]
pub enum LateType {
    /// A type that is an attribute value.
    Value(Box<Type>),
    /// `text`: text, in a wrapper where it is recorded.
    Text,
}

/// The word for text.
const TEXT: &str = "text";

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
    if input.peek2(Token![@]) {
        let handle: Ident = input.parse()?;
        let message = format!(
            "there are no handles: declare late(the.key: u64), and record it with observed_record!(the.key = {handle}) [{}]",
            Rule::LateHandle.id()
        );
        return Err(syn::Error::new(handle.span(), message));
    }
    let key = attributes::key(input)?;
    if !input.peek(Token![:]) {
        let text = &key.text;
        let message = format!(
            "`{text}` needs the type of what is recorded: late({text}: u64), or late({text}: text) [{}]",
            Rule::MalformedArgument.id()
        );
        return Err(syn::Error::new_spanned(&key.tokens, message));
    }
    input.parse::<Token![:]>()?;
    let (ty, not_pii) = late_type(input, &key)?;
    Ok(LateEntry { key, ty, not_pii })
}

/// A type, `text`, or one of them in `not_pii(.., "reason")`.
fn late_type(input: ParseStream<'_>, key: &Key) -> syn::Result<(LateType, Option<String>)> {
    let ahead = input.fork();
    let word = ahead.parse::<Ident>();
    let has_parentheses = ahead.peek(syn::token::Paren);
    let (Ok(word), true) = (word, has_parentheses) else {
        return Ok((type_or_text(input)?, None));
    };
    if word == "public" {
        let text = &key.text;
        let message = format!(
            "text is declared late({text}: text), and recorded with a wrapper: observed_record!({text} = public(value)) [{}]",
            Rule::LateText.id()
        );
        return Err(syn::Error::new(word.span(), message));
    }
    if word != "not_pii" {
        return Ok((type_or_text(input)?, None));
    }
    input.parse::<Ident>()?;
    let content;
    syn::parenthesized!(content in input);
    let ty = type_or_text(&content)?;
    let reason = content
        .parse::<Token![,]>()
        .and_then(|_| content.parse::<LitStr>());
    let reason = reason.map(|reason| reason.value()).unwrap_or_default();
    if !content.is_empty() || reason.trim().is_empty() {
        let message = format!(
            "`not_pii` takes a type and the reason why it is no personal data: \
             late(shelf: not_pii(u64, \"a place in the warehouse\")) [{}]",
            Rule::NotPiiReason.id()
        );
        return Err(syn::Error::new(word.span(), message));
    }
    Ok((ty, Some(reason)))
}

fn type_or_text(input: ParseStream<'_>) -> syn::Result<LateType> {
    let ahead = input.fork();
    let is_text = ahead.parse::<Ident>().is_ok_and(|word| word == TEXT);
    if is_text && (ahead.is_empty() || ahead.peek(Token![,])) {
        input.parse::<Ident>()?;
        return Ok(LateType::Text);
    }
    input.parse().map(Box::new).map(LateType::Value)
}
