//! Synchronous functions.

#[cfg(feature = "enable")]
use observed_syntax::function::{Function, split_inner_attributes};
#[cfg(feature = "enable")]
use observed_syntax::model::ObservedFn;
use observed_syntax::model::Span;
#[cfg(feature = "enable")]
use proc_macro2::Ident;
use proc_macro2::TokenStream;
use quote::quote;
#[cfg(feature = "enable")]
use quote::quote_spanned;

use super::names;
#[cfg(feature = "enable")]
use super::rebind::rebind;
#[cfg(feature = "enable")]
use super::{attributes, output, site, with_body};

/// The guard's expression.
pub(super) fn enter(model: &Span, site: &TokenStream) -> TokenStream {
    match &model.parent {
        None => {
            let enter = names::private("enter");
            quote!(#enter(#site))
        }
        Some(parent) => {
            let (enter, checked) = (names::private("enter_under"), names::private("parent"));
            quote!(#enter(#site, &|| #checked(#parent)))
        }
    }
}

/// Inserts one statement, two with attributes, at the top of the body.
///
/// ```text
/// Input:  fn f(a: u64) { body }
/// Output: fn f(a: u64) { let guard = enter(&Site { .. }); guard.record(1, &|_| value(&a)); body }
/// ```
#[cfg(feature = "enable")]
pub(super) fn expand(model: &ObservedFn, function: &Function) -> TokenStream {
    let (inner, statements) = split_inner_attributes(&function.body);
    let enter = enter(&model.span, &site::literal(&model.span));
    let record = attributes::record_on_guard(&model.span);
    let guard = names::guard();
    let body = quote!(#inner let #guard = #enter; #record #statements);
    with_body(function, &function.sig, body)
}

/// Runs the body as an `FnOnce`, so that its result can be looked at whichever way it returns.
///
/// ```text
/// Input:  fn f(mut a: A) -> Result<T, E> { body }
/// Output: fn f(a: A) -> Result<T, E> {
///             let guard = enter(&SITE);
///             let result = run(move || -> Result<T, E> { let mut a = a; record_current(..); body });
///             guard.set_result(&result);
///             result
///         }
/// ```
#[cfg(feature = "enable")]
pub(super) fn expand_with_result(
    model: &ObservedFn,
    err: &Ident,
    function: &Function,
) -> TokenStream {
    let (inner, statements) = split_inner_attributes(&function.body);
    let (signature, rebound) = rebind(function);
    let site_item = site::item(&model.span);
    let site = names::site();
    let enter = enter(&model.span, &quote!(&#site));
    let record = attributes::record_current(&model.span);
    let (guard, result, run) = (names::guard(), names::result(), names::private("run"));
    let output = output::nameable(function).map(|output| quote!(-> #output));
    let set_result = quote_spanned!(names::at(err)=> #guard.set_result(&#result));
    let body = quote! {
        #inner
        #site_item
        let #guard = #enter;
        let #result = #run(move || #output { #rebound #record #statements });
        #set_result;
        #result
    };
    with_body(function, &signature, body)
}
