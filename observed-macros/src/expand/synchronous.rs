//! Functions that do their work in their body.

use observed_syntax::body::{Split, split_after_attributes, split_after_items};
use observed_syntax::function::Function;
use observed_syntax::model::{Err, ObservedFn};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::block::{block_after, closure, head_of, with_body};
use super::names::{self, Runtime};
use super::rebind::rebind;
use super::setup::{self, Attributes, Entry};
use super::{output, policy, site, verdict};

/// Inserts one statement at the top of the body, two with links, late attributes or a parent.
///
/// ```text
/// Input:  fn f(a: u64) { body }
/// Output: fn f(a: u64) {
///             let guard = if may_record() { enter_values(&Site { .. }, [value(&a)]) } else { no_span() };
///             body
///         }
/// ```
pub(super) fn expand(runtime: &Runtime, model: &ObservedFn, function: &Function) -> TokenStream {
    let Split { head, statements } = split_after_items(&function.body);
    let guard = names::guard();
    let Entry { enter, attributes } = setup::enter_with(
        runtime,
        &model.span,
        &site::of_function(runtime, model, &function.sig.ident),
    );
    let current = setup::current_of(runtime, &guard);
    let setup = setup::statements(runtime, &model.span, Some(model), &current, attributes);
    let questions = policy::questions(runtime, policy::Asked::of(model));
    with_body(
        function,
        &function.sig,
        quote!(#head #questions let #guard = #enter; #setup #statements),
    )
}

/// Runs the body as an `FnOnce`, so that its result can be looked at whichever way it returns.
///
/// ```text
/// Input:  fn f(mut a: A) -> Result<T, E> { body }
/// Output: fn f(a: A) -> Result<T, E> {
///             static SITE: Site = ..;
///             let guard = enter(&SITE);
///             let result = run(move || -> Result<T, E> { let mut a = a; current(&SITE).record(..).done(); body });
///             set_result_by(&guard, &result, |error| failure(error).code());
///             return result
///         }
/// ```
pub(super) fn expand_with_result(
    runtime: &Runtime,
    model: &ObservedFn,
    err: &Err,
    function: &Function,
) -> TokenStream {
    let Split { head, statements } = split_after_attributes(&function.body);
    let (signature, rebound) = rebind(function);
    let site_item = site::item(runtime, model, &function.sig.ident);
    let (guard, result, site) = (names::guard(), names::result(), names::site());
    let (run, current) = (runtime.private("run"), runtime.private("current"));
    let enter = setup::enter(runtime, &model.span, &quote!(&#site));
    let setup = setup::statements(
        runtime,
        &model.span,
        Some(model),
        &quote!(#current(&#site)),
        Attributes::AfterEntry,
    );
    let questions = policy::questions(runtime, policy::Asked::of(model));
    let used = setup::name_used(runtime, &model.span);
    let output = output::nameable(function)
        .map(|output| output.ty)
        .map(|ty| quote!(-> #ty));
    let at = names::at(&err.keyword);
    // An error about the result, too, points at `err`.
    let mut judged = result.clone();
    judged.set_span(at);
    let set_result = runtime.private_at("set_result_by", at);
    let verdict = verdict::closure(runtime, err);
    let set_result = quote_spanned!(at=> #set_result(&#guard, &#judged, #verdict));
    let block = block_after(
        &function.body,
        &quote!(#rebound #used #questions #setup),
        statements,
    );
    let closure = closure(output.as_ref(), &block, head_of(function, &function.body));
    let body = quote! {
        #head
        #site_item
        let #guard = #enter;
        let #result = #run(#closure);
        #set_result;
        return #result
    };
    with_body(function, &signature, body)
}
