//! The entries of `attrs(...)`: `key = expression`, or a bare place that is both.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, LitStr, Token};

use super::arguments::next_token;
use super::skip_entry;
use crate::{Diagnostics, Rule};

/// A key as written: dotted identifiers, keywords allowed, or a string literal.
pub struct Key {
    /// The key itself.
    pub text: String,
    /// What was typed, to point at.
    pub tokens: TokenStream,
}

/// One entry of `attrs(...)`.
pub struct AttributeEntry {
    /// The key, unless the entry is a bare expression.
    pub key: Option<Key>,
    /// The expression.
    pub value: Expr,
}

/// Reads all entries; one that cannot be read is reported and skipped.
pub(super) fn read_all(content: TokenStream, diagnostics: &mut Diagnostics) -> Vec<AttributeEntry> {
    let mut entries = Vec::new();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            match read_one(input) {
                Ok(entry) => {
                    entries.push(entry);
                    if !input.is_empty() && input.parse::<Token![,]>().is_err() {
                        let message = "expected `,` before the next attribute";
                        diagnostics.report(Rule::MalformedArgument, next_token(input), message);
                        skip_entry(input);
                    }
                }
                Err(error) => {
                    diagnostics.merge(error);
                    skip_entry(input);
                }
            }
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(content) {
        diagnostics.merge(error);
    }
    entries
}

fn read_one(input: ParseStream<'_>) -> syn::Result<AttributeEntry> {
    let key = keyed(input).then(|| read_key(input)).transpose()?;
    if key.is_some() {
        input.parse::<Token![=]>()?;
    }
    Ok(AttributeEntry {
        key,
        value: input.parse()?,
    })
}

/// True when a key and a `=` lie ahead; `a == b` is an expression.
fn keyed(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    read_key(&ahead).is_ok() && ahead.peek(Token![=]) && !ahead.peek(Token![==])
}

fn read_key(input: ParseStream<'_>) -> syn::Result<Key> {
    if input.peek(LitStr) {
        let literal: LitStr = input.parse()?;
        return Ok(Key {
            text: literal.value(),
            tokens: literal.into_token_stream(),
        });
    }
    let mut tokens = TokenStream::new();
    let first = input.call(Ident::parse_any)?;
    let mut text = first.unraw().to_string();
    first.to_tokens(&mut tokens);
    while input.peek(Token![.]) {
        input.parse::<Token![.]>()?.to_tokens(&mut tokens);
        let segment = input.call(Ident::parse_any)?;
        text.push('.');
        text.push_str(&segment.unraw().to_string());
        segment.to_tokens(&mut tokens);
    }
    Ok(Key { text, tokens })
}
