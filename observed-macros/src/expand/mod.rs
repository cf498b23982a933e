//! Turns the model into tokens; it returns tokens and never an error.

#[cfg(feature = "enable")]
mod asynchronous;
mod attributes;
mod names;
mod output;
#[cfg(feature = "enable")]
mod rebind;
mod site;
mod synchronous;
#[cfg(not(feature = "enable"))]
mod unrecorded;

use observed_syntax::function::Function;
use observed_syntax::model::{ObservedFn, Span};
use proc_macro2::{Group, TokenStream};
use quote::quote;

/// The annotated function.
#[cfg(feature = "enable")]
pub(crate) fn function(model: &ObservedFn, function: &Function) -> TokenStream {
    match (function.is_async(), &model.err) {
        (true, _) => asynchronous::expand(model, function),
        (false, Some(err)) => synchronous::expand_with_result(model, err, function),
        (false, None) => synchronous::expand(model, function),
    }
}

/// The annotated function where nothing is recorded: as it was written, after one dead statement with the checks.
#[cfg(not(feature = "enable"))]
pub(crate) fn function(model: &ObservedFn, function: &Function) -> TokenStream {
    unrecorded::expand(model, function)
}

/// The block of `observed_span!`.
pub(crate) fn span(model: &Span) -> TokenStream {
    let enter = synchronous::enter(model, &site::literal(model));
    let record = attributes::record_on_guard(model);
    let guard = names::guard();
    quote!({ let #guard = #enter; #record #guard })
}

/// Errors where an expression stands.
pub(crate) fn errors_in_expression(errors: &TokenStream) -> TokenStream {
    quote!({ #errors })
}

/// A function with another body in the place of its own; the braces keep their spans.
fn with_body(function: &Function, signature: &syn::Signature, body: TokenStream) -> TokenStream {
    let mut group = Group::new(function.body.delimiter(), body);
    group.set_span(function.body.span());
    let Function { attrs, vis, .. } = function;
    quote!(#(#attrs)* #vis #signature #group)
}
