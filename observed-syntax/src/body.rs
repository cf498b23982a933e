//! The body of an annotated function in its parts; it is split between tokens, and nothing in it is changed.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Item};

/// A block, split where generated statements may be put in.
pub struct Split {
    /// What must stay first.
    pub head: TokenStream,
    /// The statements after it.
    pub statements: TokenStream,
}

/// Splits a block after its inner attributes (`#![...]`).
#[must_use]
pub fn split_after_attributes(body: &Group) -> Split {
    let whole = || Split {
        head: TokenStream::new(),
        statements: body.stream(),
    };
    let parser = |input: ParseStream<'_>| {
        let mut head = TokenStream::new();
        head.append_all(input.call(Attribute::parse_inner)?);
        let statements = input.parse()?;
        Ok(Split { head, statements })
    };
    match body.stream().into_iter().next() {
        Some(TokenTree::Punct(hash)) if hash.as_char() == '#' => {
            parser.parse2(body.stream()).unwrap_or_else(|_| whole())
        }
        _ => whole(),
    }
}

/// Splits a block after its inner attributes and leading items.
///
/// Items may stand anywhere in a block, but after a statement of ours they would stand where a lint does not want them.
#[must_use]
pub fn split_after_items(body: &Group) -> Split {
    let mut split = split_after_attributes(body);
    if !may_begin_with_item(&split.statements) {
        return split;
    }
    let parser = |input: ParseStream<'_>| {
        let mut items = TokenStream::new();
        loop {
            let ahead = input.fork();
            match ahead.parse::<Item>() {
                // What only looks like an item (`const { .. }`, a macro call) is a statement.
                Ok(item) if !matches!(item, Item::Macro(_) | Item::Verbatim(_)) => {
                    input.advance_to(&ahead);
                    item.to_tokens(&mut items);
                }
                _ => return Ok((items, input.parse::<TokenStream>()?)),
            }
        }
    };
    if let Ok((items, statements)) = parser.parse2(split.statements.clone()) {
        split.head.extend(items);
        split.statements = statements;
    }
    split
}

fn may_begin_with_item(statements: &TokenStream) -> bool {
    match statements.clone().into_iter().next() {
        Some(token @ TokenTree::Ident(_)) => begins_item(&token),
        Some(TokenTree::Punct(punct)) => punct.as_char() == '#',
        _ => false,
    }
}

/// Returns true when a block may have items of its own, which hide what has their names outside.
#[must_use]
pub fn has_items(body: &Group) -> bool {
    body.stream().into_iter().any(|token| begins_item(&token))
}

fn begins_item(token: &TokenTree) -> bool {
    const KEYWORDS: &[&str] = &[
        "const", "enum", "fn", "impl", "mod", "static", "struct", "trait", "type", "use", "async",
        "unsafe",
    ];
    matches!(token, TokenTree::Ident(ident) if KEYWORDS.contains(&ident.to_string().as_str()))
}
