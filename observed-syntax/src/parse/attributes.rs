//! The entries of `attrs(...)`: `key = expression`, or a bare place that is both.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{Expr, ExprPath, LitStr, Token, token};

use super::list::{self, Entries};
use super::read;
use super::unread::Unread;
use crate::{Diagnostics, Rule};

/// What the entries are.
pub(super) const ENTRIES: Entries = Entries {
    what: "attribute",
    example: "order.lines = order.lines.len()",
};

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
pub(super) fn read(
    keyword: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<AttributeEntry>> {
    let example = "attrs(order.lines = order.lines.len())";
    let content = read::parenthesized(keyword, "a list", example, input, diagnostics)?;
    Some(list::entries(content, ENTRIES, diagnostics, entry))
}

pub(super) fn entry(input: ParseStream<'_>) -> Result<AttributeEntry, Unread> {
    if let Some(name) = name_alone(input) {
        return Ok(AttributeEntry {
            key: None,
            value: name,
        });
    }
    let key = keyed(input).then(|| key(input)).transpose()?;
    if key.is_some() {
        input.parse::<Token![=]>()?;
    }
    has_no_sigil(input)?;
    Ok(AttributeEntry {
        key,
        value: input.parse()?,
    })
}

/// R8, R9: `?value` and `%value` record by `Debug` and `Display` in `tracing`, and not here.
fn has_no_sigil(input: ParseStream<'_>) -> Result<(), Unread> {
    let message = if input.peek(Token![?]) {
        "`?` records by `Debug` in `tracing`; here `Debug` never leaves: record a number, a flag or an enum that derives \
         `AttributeValue` as it is, and a text as text = public(text)"
    } else if input.peek(Token![%]) {
        "`%` records by `Display` in `tracing`; here a text says that it may leave: text = public(text), or \
         amount = public_display(amount) for what is no text and has a `Display`"
    } else {
        return Ok(());
    };
    let sigil: TokenTree = input.fork().parse()?;
    Err(Unread::told(Rule::ForeignSigil, sigil, message))
}

/// A name that is the whole entry, which most are: read without asking what else an expression could be.
fn name_alone(input: ParseStream<'_>) -> Option<Expr> {
    // What a `macro_rules` passed on as an expression stays one.
    if input.peek(token::Group) {
        return None;
    }
    let ahead = input.fork();
    let name = ahead.parse::<Ident>().ok()?;
    if !ahead.is_empty() && !ahead.peek(Token![,]) {
        return None;
    }
    input.advance_to(&ahead);
    Some(Expr::Path(ExprPath {
        attrs: Vec::new(),
        qself: None,
        path: name.into(),
    }))
}

/// True when a key and a `=` lie ahead; `a == b` is an expression.
fn keyed(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    key(&ahead).is_ok() && ahead.peek(Token![=]) && !ahead.peek(Token![==])
}

/// Reads a key: a string literal, or identifiers joined by dots.
pub(super) fn key(input: ParseStream<'_>) -> syn::Result<Key> {
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
