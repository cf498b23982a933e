//! Functions that do their work in the polls of a future.

use observed_syntax::async_trait::Boxed;
use observed_syntax::body::{Split, split_after_attributes};
use observed_syntax::function::Function;
use observed_syntax::model::{ObservedFn, Work};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::block::{async_block, block_after, closure, head_of, in_braces_of, with_body};
use super::names::Runtime;
use super::rebind::{arguments_in_order, capture, rebind, rebind_all};
use super::wrapper::{begin, later, observe, return_hint, setup_current};
use super::{desugar, output, receiver, setup, site};

/// Wraps the body; the span starts, takes its parent and records its attributes at the first poll.
///
/// In the plain form where that cannot be told from outside (ADR 007):
///
/// ```text
/// Input:  async fn f(mut a: A) -> T { body }
/// Output: fn f(a: A) -> impl Future<Output = T> {
///             static SITE: Site = ..;
///             observe(later(&SITE), async move { hint: T; let mut a = a; setup; body }, NoVerdict)
///         }
/// ```
pub(super) fn expand(runtime: &Runtime, model: &ObservedFn, function: &Function) -> TokenStream {
    if !desugar::applies(&model.span, function) {
        return expand_inside(runtime, model, function);
    }
    let (signature, rebound) = rebind_all(function);
    let (head, observed) = wrapped(runtime, model, function, &rebound, &later(runtime, model));
    let (lint, signature) = (may_yield_awaitable(function), desugar::signature(signature));
    let function = with_body(function, &signature, quote!(#head return #observed));
    quote!(#lint #function)
}

/// Wraps the body inside the `async fn`.
///
/// ```text
/// Input:  async fn f(mut a: A) -> T { body }
/// Output: async fn f(mut a: A) -> T {
///             static SITE: Site = ..;
///             observe(begin(&SITE), async move { hint: T; _ = &a; setup; body }, NoVerdict).await
///         }
/// ```
fn expand_inside(runtime: &Runtime, model: &ObservedFn, function: &Function) -> TokenStream {
    let (signature, rebound) = capture(function).unwrap_or_else(|| rebind(function));
    let (head, observed) = wrapped(runtime, model, function, &rebound, &begin(runtime, model));
    let lint = may_yield_awaitable(function);
    let function = with_body(function, &signature, quote!(#head return #observed.await));
    quote!(#lint #function)
}

/// What stands first in the function, and the wrapper around its block.
fn wrapped(
    runtime: &Runtime,
    model: &ObservedFn,
    function: &Function,
    rebound: &TokenStream,
    begun: &TokenStream,
) -> (TokenStream, TokenStream) {
    let Split { head, statements } = split_after_attributes(&function.body);
    let site_item = site::item(runtime, model, &function.sig.ident);
    let hint = return_hint(function);
    let setup = setup_current(runtime, model);
    let used = setup::name_used(runtime, &model.span);
    let block = block_after(
        &function.body,
        &quote!(#hint #rebound #used #setup),
        statements,
    );
    let work = async_block(&block, head_of(function, &function.body));
    let observed = observe(runtime, model, function, "observe", begun, &work);
    (quote!(#head #site_item), observed)
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
    let Split { head, statements } = split_after_attributes(&function.body);
    let (signature, rebound) = rebind(function);
    let site_item = site::item(runtime, model, &function.sig.ident);
    let setup = setup_current(runtime, model);
    let output = output::nameable(function)
        .map(|output| output.ty)
        .map(|ty| quote!(-> #ty));
    let used = setup::name_used(runtime, &model.span);
    let block = block_after(&function.body, &quote!(#rebound #used #setup), statements);
    let make = closure(output.as_ref(), &block, head_of(function, &function.body));
    let mut observed = observe(
        runtime,
        model,
        function,
        "observe_call",
        &begin(runtime, model),
        &make,
    );
    if model.work == Work::BoxedFuture {
        let boxed = runtime.private("boxed");
        observed = quote!(#boxed(#observed));
    }
    with_body(
        function,
        &signature,
        quote!(#head #site_item return #observed),
    )
}

/// Wraps the block that `#[async_trait]` has put into a box. The span is set up once the arguments have their own names again,
/// of which `self` is another one.
///
/// ```text
/// Input:  fn f<'async_trait>(..) -> Pin<Box<dyn Future<Output = T> + 'async_trait>> { Box::pin(async move { head; body }) }
/// Output: .. { static SITE: Site = ..; Box::pin(async move { observe(begin(&SITE), async move { head; setup; body }, ..).await }) }
/// ```
pub(super) fn expand_async_trait(
    runtime: &Runtime,
    model: &ObservedFn,
    function: &Function,
    boxed: &Boxed,
) -> TokenStream {
    let site_item = site::item(runtime, model, &function.sig.ident);
    let setup = setup_current(runtime, &receiver::renamed(model, boxed.receiver.as_ref()));
    let (order, head) = (arguments_in_order(function), &boxed.head);
    let ours = quote!(#order #head #setup);
    let inner = block_after(&boxed.rest, &ours, boxed.rest.stream());
    let observed = observe(
        runtime,
        model,
        function,
        "observe",
        &begin(runtime, model),
        &async_block(&inner, head_of(function, &boxed.rest)),
    );
    let boxing = in_box(boxed, quote!(return #observed.await));
    with_body(function, &function.sig, quote!(#site_item #boxing))
}

/// Writes a block into the box that `#[async_trait]` made.
pub(super) fn in_box(boxed: &Boxed, content: TokenStream) -> TokenStream {
    let (pin, block) = (&boxed.pin, in_braces_of(&boxed.block, content));
    quote!(#pin(async move #block))
}

/// A lint takes an `async` block whose value can be awaited for a mistake, and an `async fn` not.
fn may_yield_awaitable(function: &Function) -> Option<TokenStream> {
    const AWAITABLE: &[&str] = &[
        "BoxFuture",
        "Future",
        "IntoFuture",
        "JoinHandle",
        "LocalBoxFuture",
        "Pending",
        "Pin",
        "Ready",
        "Receiver",
    ];
    let output = function.sig.output.to_token_stream();
    AWAITABLE
        .iter()
        .any(|name| output.to_string().contains(name))
        .then(|| quote!(#[allow(clippy::async_yields_async, reason = "generated by #[observed]")]))
}
