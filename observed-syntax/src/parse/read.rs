//! How the value of each argument is read.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, LitStr, Path, Token};

use super::arguments::ErrArgument;
use crate::{Diagnostics, Rule};

/// `= "..."`
pub(super) fn name(
    word: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<LitStr> {
    equals(word, "a string literal", input, diagnostics)?;
    let message = "`name` must be a string literal, so that every span of a code base can be listed without \
                   building it; write name = \"verb_object\"";
    literal(Rule::NameLiteral, message, input, diagnostics)
}

/// `= "..."`
pub(super) fn scope(
    word: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<LitStr> {
    equals(word, "a string literal", input, diagnostics)?;
    let message = "`scope` must be a string literal: scope = \"pipeline\" is switched by OBSERVED_PIPELINE_ENABLED";
    literal(Rule::MalformedArgument, message, input, diagnostics)
}

/// `= server`
pub(super) fn kind(
    word: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Ident> {
    equals(
        word,
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

/// Nothing, or `= expr`.
pub(super) fn err(
    word: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<ErrArgument> {
    let code = if input.parse::<Token![=]>().is_ok() {
        Some(parsed(input, diagnostics)?)
    } else {
        None
    };
    Some(ErrArgument {
        word: word.clone(),
        code,
    })
}

/// `= expr`
pub(super) fn parent(
    word: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Expr> {
    equals(word, "an expression of type &Context", input, diagnostics)?;
    parsed(input, diagnostics)
}

/// `(expr)`
pub(super) fn links(
    word: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Expr> {
    let example = "links(batch.contexts())";
    let content = parenthesized(word, "an iterator of contexts", example, input, diagnostics)?;
    match syn::parse2(content) {
        Ok(expression) => Some(expression),
        Err(error) => {
            diagnostics.merge(error);
            None
        }
    }
}

/// `= path`
pub(super) fn runtime(
    word: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Path> {
    equals(word, "the path of the runtime", input, diagnostics)?;
    match input.call(Path::parse_mod_style) {
        Ok(path) => Some(path),
        Err(error) => {
            diagnostics.merge(error);
            None
        }
    }
}

/// A word that stands for itself.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the signature that every reader has"
)]
pub(super) fn flag(word: &Ident, _: ParseStream<'_>, _: &mut Diagnostics) -> Option<Ident> {
    Some(word.clone())
}

/// The content of the parentheses that must follow `word`.
pub(super) fn parenthesized(
    word: &Ident,
    what: &str,
    example: &str,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<TokenStream> {
    if input.peek(syn::token::Paren)
        && let Ok(TokenTree::Group(group)) = input.parse()
    {
        return Some(group.stream());
    }
    let message = format_args!("`{word}` takes {what} in parentheses: {example}");
    diagnostics.report(Rule::MalformedArgument, word, message);
    None
}

fn equals(
    word: &Ident,
    expected: &str,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    if input.parse::<Token![=]>().is_err() {
        let message = format_args!("`{word}` needs a value: write {word} = {expected}");
        diagnostics.report(Rule::MalformedArgument, word, message);
        return None;
    }
    Some(())
}

fn literal(
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

fn parsed<T: Parse>(input: ParseStream<'_>, diagnostics: &mut Diagnostics) -> Option<T> {
    match input.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            diagnostics.merge(error);
            None
        }
    }
}

/// The token ahead, to point at; at the end of the input there is none and the whole argument is meant.
pub(super) fn next_token(input: ParseStream<'_>) -> TokenStream {
    input
        .fork()
        .parse::<TokenTree>()
        .map(TokenStream::from)
        .unwrap_or_default()
}
