//! Blocks in the user's own braces: they say how long the temporaries of the last expression live, which depends on the
//! edition of whoever wrote them.

use observed_syntax::body::{Split, split_after_attributes};
use observed_syntax::function::Function;
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};

use super::edition;

/// Writes a function with another signature and body; the braces keep their spans.
pub(super) fn with_body(
    function: &Function,
    signature: &impl ToTokens,
    body: TokenStream,
) -> TokenStream {
    let group = in_braces_of(&function.body, body);
    let Function { attrs, vis, .. } = function;
    quote!(#(#attrs)* #vis #signature #group)
}

/// Writes a statement before all others of a function that stays as it was written.
pub(super) fn with_first_statement(function: TokenStream, statement: &TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = function.into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.last_mut() {
        if body.delimiter() == Delimiter::Brace {
            let Split { head, statements } = split_after_attributes(body);
            *body = in_braces_of(body, quote!(#head #statement #statements));
        }
    }
    tokens.into_iter().collect()
}

/// Writes a block of the user's statements after ours, the user's in their own braces.
pub(super) fn block_after(
    block: &Group,
    ours: &TokenStream,
    statements: TokenStream,
) -> TokenStream {
    if ours.is_empty() {
        return in_braces_of(block, statements).to_token_stream();
    }
    let is_one_expression = !statements
        .clone()
        .into_iter()
        .any(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';'));
    // A block with one expression in it has braces that a lint takes for superfluous; one with an item has not.
    let item = is_one_expression.then(|| {
        quote!(
            const _: () = ();
        )
    });
    let inner = in_braces_of(block, quote!(#item #statements));
    // Ours are dropped after the temporaries of the user's last expression, as parameters are. In braces of an edition before
    // 2024 they would be before them; in braces that nobody wrote `clippy::implicit_return` takes every end for one.
    if edition::drops_temporaries_first(block.span()) {
        in_braces_of(block, quote!(#ours #inner)).to_token_stream()
    } else {
        in_braces_of(block, quote!({ #ours #inner })).to_token_stream()
    }
}

/// A closure that the user's statements move into. It stands where their block does: a lint looks at the statements of one
/// that somebody wrote, and calls a `return` at its end needless.
pub(super) fn closure(output: Option<&TokenStream>, block: &TokenStream, at: Span) -> TokenStream {
    let head = quote_spanned!(at=> move ||);
    quote!(#head #output #block)
}

/// An `async` block that the user's statements move into, as a [`closure`] is.
pub(super) fn async_block(block: &TokenStream, at: Span) -> TokenStream {
    let head = quote_spanned!(at=> async move);
    quote!(#head #block)
}

/// Where the head of such a closure or block stands. A function whose body a `macro_rules` passed on is half of the macro's,
/// and lints leave it alone; one that stood in the body's place they would not.
pub(super) fn head_of(function: &Function, block: &Group) -> Span {
    if function.is_passed_on {
        Span::call_site()
    } else {
        block.span_open()
    }
}

/// Writes a block with the braces of another one.
pub(super) fn in_braces_of(block: &Group, content: TokenStream) -> Group {
    let mut group = Group::new(block.delimiter(), content);
    group.set_span(block.span());
    group
}
