//! The evaluation of attributes: as they are where they are names and literals, else one `Fn` closure that answers for
//! each of them by number.
//!
//! `Fn` is what makes the compiler refuse an expression that moves or mutates (R5), and what lets the runtime go on
//! with the next attribute after one has panicked. A name can do neither, runs nothing of the user's, and costs half of
//! the closure's build time.

use observed_syntax::model::{Attribute, Reading};
use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, ExprLit, Lit};

use super::names::{self, Runtime};
use super::suspicion;

/// How many there are, as a literal.
pub(super) fn count(attributes: &[Attribute]) -> Literal {
    Literal::usize_suffixed(attributes.len())
}

/// The values where all of them are names and literals: `value(&a), public_static(b)`.
pub(super) fn at_hand(runtime: &Runtime, attributes: &[Attribute]) -> Option<Vec<TokenStream>> {
    let is_at_hand = |attribute: &Attribute| {
        let is_name_or_literal = match &attribute.value {
            Expr::Path(path) => path.qself.is_none() && path.path.get_ident().is_some(),
            Expr::Lit(_) => true,
            _ => false,
        };
        // The other wrappers copy, which is for a span that is recorded.
        is_name_or_literal && matches!(attribute.reading, Reading::Plain | Reading::PublicStatic)
    };
    let values = || attributes.iter().map(|attribute| value(runtime, attribute));
    attributes
        .iter()
        .all(is_at_hand)
        .then(|| values().collect())
}

/// `&|index| match index { 0 => value(&a), _ => value(&b) }`
pub(super) fn closure(runtime: &Runtime, attributes: &[Attribute]) -> TokenStream {
    let index = names::index();
    if attributes.is_empty() {
        // An event without attributes; its closure is never asked.
        let literal = runtime.private("literal");
        return quote!(&|_| #literal(""));
    }
    let last = attributes.len() - 1;
    let arms = attributes.iter().enumerate().map(|(position, attribute)| {
        let value = value(runtime, attribute);
        if position == last {
            quote!(_ => #value)
        } else {
            let position = Literal::usize_suffixed(position);
            quote!(#position => #value)
        }
    });
    quote!(&|#index| match #index { #(#arms,)* })
}

/// `public(&expr)`, as the attribute is to be read.
pub(super) fn value(runtime: &Runtime, attribute: &Attribute) -> TokenStream {
    let expression = &attribute.value;
    let at = names::at(expression);
    if let Some(suspicion) = attribute.asked() {
        return suspicion::asked(runtime, suspicion, &quote_spanned!(at=> &(#expression)), at);
    }
    let function = runtime.private_at(reader(attribute), at);
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
        // `&x as u64` would cast the reference; a group may hide a cast that a `macro_rules` put there.
        (_, Expr::Cast(_) | Expr::Group(_)) => quote_spanned!(at=> #function(&(#expression))),
        _ => quote_spanned!(at=> #function(&#expression)),
    }
}

/// The runtime function behind a reading.
fn reader(attribute: &Attribute) -> &'static str {
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
