//! The evaluation of attributes: one `Fn` closure that answers for each of them by number.
//!
//! `Fn` is what makes the compiler refuse an expression that moves or mutates (R5), and what lets the runtime go on
//! with the next attribute after one has panicked.

use observed_syntax::model::{Attribute, Reading, Span};
use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, ExprLit, Lit};

use super::names;

/// `guard.record(...)`, or nothing where there are no attributes.
pub(super) fn record_on_guard(model: &Span) -> TokenStream {
    let guard = names::guard();
    call(model, &quote!(#guard.record))
}

/// `record_current(&SITE, ...)`, or nothing where there are no attributes.
#[cfg(feature = "enable")]
pub(super) fn record_current(model: &Span) -> TokenStream {
    if model.attributes.is_empty() {
        return TokenStream::new();
    }
    let (record, site) = (names::private("record_current"), names::site());
    let (count, closure) = (count(model), closure(model));
    quote!(#record(&#site, #count, &#closure);)
}

fn call(model: &Span, function: &TokenStream) -> TokenStream {
    if model.attributes.is_empty() {
        return TokenStream::new();
    }
    let (count, closure) = (count(model), closure(model));
    quote!(#function(#count, &#closure);)
}

fn count(model: &Span) -> Literal {
    Literal::usize_suffixed(model.attributes.len())
}

/// `|index| match index { 0 => value(&a), _ => value(&b) }`
pub(super) fn closure(model: &Span) -> TokenStream {
    let index = names::index();
    let last = model.attributes.len().saturating_sub(1);
    let arms = model
        .attributes
        .iter()
        .enumerate()
        .map(|(position, attribute)| {
            let value = value(attribute);
            if position == last {
                quote!(_ => #value)
            } else {
                let position = Literal::usize_suffixed(position);
                quote!(#position => #value)
            }
        });
    quote!(|#index| match #index { #(#arms,)* })
}

fn value(attribute: &Attribute) -> TokenStream {
    let expression = &attribute.value;
    let at = names::at(expression);
    let function = names::private_at(word(attribute), at);
    match (attribute.reading, expression) {
        (
            Reading::Plain,
            Expr::Lit(ExprLit {
                lit: Lit::Str(_), ..
            }),
        )
        | (Reading::PublicStatic, _) => {
            quote_spanned!(at=> #function(#expression))
        }
        // `&x as u64` would cast the reference.
        (_, Expr::Cast(_)) => quote_spanned!(at=> #function(&(#expression))),
        _ => quote_spanned!(at=> #function(&#expression)),
    }
}

/// The runtime function behind a reading.
fn word(attribute: &Attribute) -> &'static str {
    match (attribute.reading, &attribute.value) {
        (
            Reading::Plain,
            Expr::Lit(ExprLit {
                lit: Lit::Str(_), ..
            }),
        ) => "literal",
        (Reading::Plain, _) => "value",
        (Reading::Public, _) => "public",
        (Reading::PublicStatic, _) => "public_static",
        (Reading::PublicDisplay, _) => "public_display",
    }
}
