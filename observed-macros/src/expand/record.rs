//! What `observed_record!` becomes: calls of the local macro that the function around has (`late.rs`), and its messages.

use observed_syntax::model::{Attribute, Reading};
use observed_syntax::parse::{Failure, Recording};
use observed_syntax::tokens;
use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit, LitStr};

use super::names::{self, Runtime};
use super::{attributes, policy, suspicion};

/// Expands `observed_record!(entries)`.
///
/// ```text
/// Input:  observed_record!(rows = table.len(), last = public(row))
/// Output: { late!("rows" value &table.len()); late!("last" text public(&row)); }
/// ```
pub(super) fn expand(recording: &Recording, attributes: &[Attribute]) -> TokenStream {
    let runtime = &Runtime::at(recording.runtime.as_ref());
    let questions = policy::questions(
        runtime,
        policy::Asked {
            attributes,
            ..policy::Asked::default()
        },
    );
    let calls = recording
        .entries
        .iter()
        .zip(attributes)
        .map(|(entry, attribute)| {
            let at = match &entry.key {
                Some(key) => key.tokens.span(),
                None => entry.value.span(),
            };
            call(runtime, attribute, at)
        });
    let failures = recording
        .failures
        .iter()
        .map(|failure| fail(runtime, failure));
    quote!({ #questions #(#calls)* #(#failures)* })
}

/// The call of the local macro for `status = error(code)`.
fn fail(runtime: &Runtime, Failure { key, code }: &Failure) -> TokenStream {
    let at = key.span();
    let local = names::local_macro(Span::call_site().located_at(at));
    let static_code = runtime.private_at("static_code", names::at(code));
    let code = quote_spanned!(names::at(code)=> #static_code(#code));
    let mut key = Literal::string(&key.to_string());
    key.set_span(at);
    quote_spanned!(at=> #local!(#key error #code);)
}

/// The message of the local macro, on the first of the tokens that it was called with: by itself a macro of a macro points
/// at the attribute.
///
/// ```text
/// Input:  "order.cent", "no late attribute `", "order.cent", "` is declared here"
/// Output: compile_error!("no late attribute `order.cent` is declared here")
/// ```
pub(super) fn refuse(arguments: TokenStream) -> TokenStream {
    let mut leaves = tokens::leaves(arguments).peekable();
    // `&` stands before a value; what was written comes after it.
    let at = leaves.find(|token| !matches!(token, TokenTree::Punct(_)));
    let at = at.map_or_else(Span::call_site, |token| token.span());
    let comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let texts = leaves.skip_while(|token| !comma(token));
    let texts = texts.filter_map(|token| syn::parse2::<LitStr>(token.into()).ok());
    let message: String = texts.map(|text| text.value()).collect();
    syn::Error::new(at, message).into_compile_error()
}

/// The call of the local macro.
fn call(runtime: &Runtime, attribute: &Attribute, at: Span) -> TokenStream {
    let local = names::local_macro(Span::call_site().located_at(at));
    let (key, expression) = (&attribute.key, &attribute.value);
    let is_text = attribute.reading != Reading::Plain
        || matches!(
            expression,
            Expr::Lit(ExprLit {
                lit: Lit::Str(_),
                ..
            })
        );
    let checked = attribute.asked().map(|suspicion| {
        let at = names::at(expression);
        let asked = suspicion::asked(runtime, suspicion, &quote_spanned!(at=> &(#expression)), at);
        policy::behind_a_loop(&quote!(_ = #asked;))
    });
    let (how, value) = if is_text {
        (quote!(text), attributes::value(runtime, attribute))
    } else {
        let at = names::at(expression);
        (quote!(value), quote_spanned!(at=> &(#expression)))
    };
    let mut key = Literal::string(key);
    key.set_span(at);
    quote_spanned!(at=> #checked #local!(#key #how #value);)
}
