//! Functions that do their work in the polls of a future.

use observed_syntax::function::{Function, async_trait_block, split_head};
use observed_syntax::model::{ObservedFn, Work};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::names::{self, Runtime};
use super::rebind::{arguments_in_order, capture, rebind};
use super::synchronous::code_closure;
use super::{block_after, in_braces_of, output, setup, site, with_body};

/// Wraps the body; the span starts, takes its parent and records its attributes at the first poll.
///
/// ```text
/// Input:  async fn f(mut a: A) -> T { body }
/// Output: async fn f(mut a: A) -> T {
///             static SITE: Site = ..;
///             observe(begin(&SITE), async move { hint: T; _ = &a; setup; body }, NoVerdict).await
///         }
/// ```
pub(super) fn expand(runtime: &Runtime, model: &ObservedFn, function: &Function) -> TokenStream {
    let (inner, statements) = split_head(&function.body);
    let (signature, rebound) = capture(function).unwrap_or_else(|| rebind(function));
    let site_item = site::item(runtime, &model.span, &model.late);
    let hint = return_hint(function);
    let setup = setup_current(runtime, model);
    let block = block_after(&function.body, &quote!(#hint #rebound #setup), statements);
    let observed = observe(runtime, model, "observe", &quote!(async move #block));
    with_body(
        function,
        &signature,
        quote!(#inner #site_item #observed.await),
    )
}

/// Wraps the future that the body makes; the span starts at the call.
///
/// ```text
/// Input:  fn f(a: A) -> impl Future<Output = T> { body }
/// Output: fn f(a: A) -> impl Future<Output = T> {
///             static SITE: Site = ..;
///             observe_call(begin(&SITE), move || { let a = a; setup; body }, NoVerdict)
///         }
/// ```
pub(super) fn expand_call(
    runtime: &Runtime,
    model: &ObservedFn,
    function: &Function,
) -> TokenStream {
    let (inner, statements) = split_head(&function.body);
    let (signature, rebound) = rebind(function);
    let site_item = site::item(runtime, &model.span, &model.late);
    let setup = setup_current(runtime, model);
    let output = output::nameable(function)
        .map(|output| output.ty)
        .map(|ty| quote!(-> #ty));
    let block = block_after(&function.body, &quote!(#rebound #setup), statements);
    let make = quote!(move || #output #block);
    let mut observed = observe(runtime, model, "observe_call", &make);
    if model.work == Work::BoxedFuture {
        observed = quote!(::std::boxed::Box::pin(#observed));
    }
    with_body(function, &signature, quote!(#inner #site_item #observed))
}

/// Wraps the block that `#[async_trait]` has put into a box.
///
/// ```text
/// Input:  fn f<'async_trait>(..) -> Pin<Box<dyn Future<Output = T> + 'async_trait>> { Box::pin(async move { body }) }
/// Output: .. { static SITE: Site = ..; Box::pin(async move { observe(begin(&SITE), async move { setup; body }, ..).await }) }
/// ```
pub(super) fn expand_async_trait(
    runtime: &Runtime,
    model: &ObservedFn,
    function: &Function,
) -> TokenStream {
    let Some(boxed) = async_trait_block(function) else {
        return quote!(#function);
    };
    let site_item = site::item(runtime, &model.span, &model.late);
    let setup = setup_current(runtime, model);
    let order = arguments_in_order(function);
    let inner = block_after(&boxed.block, &quote!(#order #setup), boxed.block.stream());
    let observed = observe(runtime, model, "observe", &quote!(async move #inner));
    let (pin, block) = (
        &boxed.pin,
        in_braces_of(&boxed.block, quote!(#observed.await)),
    );
    with_body(
        function,
        &function.sig,
        quote!(#site_item #pin(async move #block)),
    )
}

fn setup_current(runtime: &Runtime, model: &ObservedFn) -> TokenStream {
    let (current, site) = (runtime.private("current"), names::site());
    setup::statements(runtime, &model.span, &model.late, &quote!(#current(&#site)))
}

/// The call of `observe` or `observe_call`.
fn observe(
    runtime: &Runtime,
    model: &ObservedFn,
    function: &str,
    work: &TokenStream,
) -> TokenStream {
    let begun = begin(runtime, model);
    let (function, judge) = match &model.err {
        None => (runtime.private(function), runtime.private("NoVerdict")),
        Some(err) => {
            let at = names::at(&err.word);
            match code_closure(err) {
                None => (
                    runtime.private_at(function, at),
                    runtime.private_at("ByType", at),
                ),
                Some(code) => (runtime.private_at(&format!("{function}_by"), at), code),
            }
        }
    };
    quote!(#function(#begun, #work, #judge))
}

/// The start of the span. In a block of its own where it borrows for the parent, so that the borrow is over when the
/// arguments move on.
fn begin(runtime: &Runtime, model: &ObservedFn) -> TokenStream {
    let site = names::site();
    match setup::parent_closure(runtime, &model.span.parent) {
        None => {
            let begin = runtime.private("begin");
            quote!(#begin(&#site))
        }
        Some(parent) => {
            let (begin, span) = (runtime.private("begin_under"), names::guard());
            quote!({ let #span = #begin(&#site, #parent); #span })
        }
    }
}

/// Tells the inner block its type, so that a type error points into the body and not at its end.
fn return_hint(function: &Function) -> TokenStream {
    let mut result = names::result();
    let Some(output::Output { ty, .. }) = output::nameable(function) else {
        return TokenStream::new();
    };
    result.set_span(names::at(&ty));
    // At the place of the type, so that what the compiler says of it stands there.
    quote_spanned! {names::at(&ty)=>
        if let ::core::option::Option::Some(#result) = ::core::option::Option::None::<#ty> {
            return #result;
        }
    }
}
