//! The value of each argument: one reader for every form that a value can have.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Expr, LitStr, Path, Token};

use super::cursor::next_token;
use super::unread::Unread;
use crate::{Diagnostics, Rule};

/// `= "..."`
pub(super) fn scope(
    keyword: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<LitStr> {
    equals(keyword, "a string literal", input, diagnostics)?;
    let message = "`scope` must be a string literal: scope = \"pipeline\" is switched by OBSERVED_PIPELINE_ENABLED";
    literal(Rule::MalformedArgument, message, input, diagnostics)
}

/// `= server`
pub(super) fn kind(
    keyword: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Ident> {
    equals(
        keyword,
        "internal, server, client, producer or consumer",
        input,
        diagnostics,
    )?;
    input.call(Ident::parse_any).ok().or_else(|| {
        let message = "`kind` is a bare word: internal, server, client, producer or consumer";
        diagnostics.report(Rule::MalformedArgument, next_token(input), message);
        None
    })
}

/// The keyword `err` with the code that was chosen, if one was.
pub struct ErrArgument {
    /// The keyword, to point at.
    pub keyword: Ident,
    /// The expression after `err =`.
    pub code: Option<Expr>,
}

/// Nothing, or `= expr`.
pub(super) fn err(
    keyword: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<ErrArgument> {
    let code = if input.parse::<Token![=]>().is_ok() {
        Some(parsed(keyword, "err = error.code()", input, diagnostics)?)
    } else {
        None
    };
    Some(ErrArgument {
        keyword: keyword.clone(),
        code,
    })
}

/// `= expr`
pub(super) fn parent(
    keyword: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Expr> {
    equals(
        keyword,
        "an expression of type &Context",
        input,
        diagnostics,
    )?;
    parsed(keyword, "parent = &context", input, diagnostics)
}

/// `(expr)`
pub(super) fn links(
    keyword: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Expr> {
    let example = "links(batch.contexts())";
    let content = parenthesized(
        keyword,
        "an iterator of contexts",
        example,
        input,
        diagnostics,
    )?;
    let whole = |content: ParseStream<'_>| {
        let expression = parsed(keyword, example, content, diagnostics);
        // What follows was reported, or is.
        let rest: TokenStream = content.parse()?;
        if expression.is_some() && !rest.is_empty() {
            let message = "`links` takes one expression: links(batch.contexts())";
            diagnostics.report(Rule::MalformedArgument, rest, message);
        }
        Ok(expression)
    };
    whole.parse2(content).ok().flatten()
}

/// `= path`
pub(super) fn runtime(
    keyword: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Path> {
    equals(keyword, "the path of the runtime", input, diagnostics)?;
    let path = input.call(Path::parse_mod_style);
    read_or_told(path, keyword, "crate = facade::tracing", diagnostics)
}

/// Nothing: the keyword stands for itself.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the signature that every reader has"
)]
pub(super) fn bare(keyword: &Ident, _: ParseStream<'_>, _: &mut Diagnostics) -> Option<Ident> {
    Some(keyword.clone())
}

/// The content of the parentheses that must follow `keyword`.
pub(super) fn parenthesized(
    keyword: &Ident,
    what: &str,
    example: &str,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<TokenStream> {
    if input.peek(syn::token::Paren) {
        if let Ok(TokenTree::Group(group)) = input.parse() {
            return Some(group.stream());
        }
    }
    let message = format!("`{keyword}` takes {what} in parentheses: {example}");
    diagnostics.report(Rule::MalformedArgument, keyword, message);
    None
}

pub(super) fn equals(
    keyword: &Ident,
    expected: &str,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    if input.parse::<Token![=]>().is_err() {
        let message = format!("`{keyword}` needs a value: write {keyword} = {expected}");
        diagnostics.report(Rule::MalformedArgument, keyword, message);
        return None;
    }
    Some(())
}

pub(super) fn literal(
    rule: Rule,
    message: &str,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<LitStr> {
    input.parse().ok().or_else(|| {
        diagnostics.report(rule, next_token(input), message);
        None
    })
}

/// What was to be read, or nothing and the way to write it.
fn parsed<T: Parse>(
    keyword: &Ident,
    example: &str,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    read_or_told(input.parse(), keyword, example, diagnostics)
}

fn read_or_told<T>(
    read: syn::Result<T>,
    keyword: &Ident,
    example: &str,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    read.map_err(|error| {
        let written = format!("write {example}");
        Unread::Parser(error).report(keyword.to_token_stream(), &written, diagnostics);
    })
    .ok()
}
