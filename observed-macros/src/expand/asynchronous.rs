//! `async fn`: one wrapper future, in whose polls the span is current.

use observed_syntax::function::{Function, split_inner_attributes};
use observed_syntax::model::ObservedFn;
use proc_macro2::TokenStream;
use quote::quote;

use super::rebind::rebind;
use super::{attributes, names, output, site, with_body};

/// Wraps the body; the span starts, takes its parent and records its attributes at the first poll.
///
/// ```text
/// Input:  async fn f(mut a: A) -> T { body }
/// Output: async fn f(a: A) -> T {
///             observe(&SITE, None, async move { hint: T; let mut a = a; record_current(..); body }).await
///         }
/// ```
pub(super) fn expand(model: &ObservedFn, function: &Function) -> TokenStream {
    let (inner, statements) = split_inner_attributes(&function.body);
    let (signature, rebound) = rebind(function);
    let site_item = site::item(&model.span);
    let record = attributes::record_current(&model.span);
    let site = names::site();
    let observe = match &model.err {
        Some(err) => names::private_at("observe_result", names::at(err)),
        None => names::private("observe"),
    };
    let parent = match &model.span.parent {
        None => quote!(::core::option::Option::None),
        Some(parent) => {
            let checked = names::private("parent");
            quote!(::core::option::Option::Some(&|| #checked(#parent)))
        }
    };
    let hint = return_hint(function);
    let body = quote! {
        #inner
        #site_item
        #observe(&#site, #parent, async move { #hint #rebound #record #statements }).await
    };
    with_body(function, &signature, body)
}

/// Tells the inner block its type, so that a type error points into the body and not at its end.
fn return_hint(function: &Function) -> TokenStream {
    let result = names::result();
    let Some(output) = output::nameable(function) else {
        return TokenStream::new();
    };
    quote! {
        if let ::core::option::Option::Some(#result) = ::core::option::Option::None::<#output> {
            return #result;
        }
    }
}
