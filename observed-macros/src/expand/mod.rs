//! Turns the model into tokens; it returns tokens and never an error.

#[cfg(feature = "enable")]
mod asynchronous;
mod attributes;
pub(crate) mod derive;
#[cfg(feature = "enable")]
mod desugar;
mod names;
mod output;
mod policy;
#[cfg(feature = "enable")]
mod rebind;
mod setup;
mod site;
#[cfg(all(test, feature = "enable"))]
mod snapshots;
#[cfg(feature = "enable")]
mod synchronous;
#[cfg(not(feature = "enable"))]
mod unrecorded;
#[cfg(feature = "enable")]
mod wrapper;

use names::Runtime;
use observed_syntax::function::Function;
use observed_syntax::model::{Event, ObservedFn, Span};
#[cfg(feature = "enable")]
use proc_macro2::TokenTree;
use proc_macro2::{Group, TokenStream};
use quote::{ToTokens, quote};

/// The annotated function.
#[cfg(feature = "enable")]
pub(crate) fn function(model: &ObservedFn, function: &Function) -> TokenStream {
    use observed_syntax::model::Work;

    let runtime = &Runtime::at(model.span.runtime.as_ref());
    match (model.work, &model.err) {
        (Work::Body, None) => synchronous::expand(runtime, model, function),
        (Work::Body, Some(err)) => synchronous::expand_with_result(runtime, model, err, function),
        (Work::Polls, _) => asynchronous::expand(runtime, model, function),
        (Work::ReturnedFuture | Work::BoxedFuture, _) => {
            asynchronous::expand_call(runtime, model, function)
        }
        (Work::AsyncTrait, _) => asynchronous::expand_async_trait(runtime, model, function),
    }
}

/// The annotated function where nothing is recorded: as it was written, after one dead statement with the checks.
#[cfg(not(feature = "enable"))]
pub(crate) fn function(model: &ObservedFn, function: &Function) -> TokenStream {
    unrecorded::expand(&Runtime::at(model.span.runtime.as_ref()), model, function)
}

/// The block of `observed_span!`.
pub(crate) fn span(model: &Span) -> TokenStream {
    let runtime = &Runtime::at(model.runtime.as_ref());
    let guard = names::guard();
    let site = site::of_span(runtime, model, &[]);
    let (enter, recorded) = setup::enter_with(runtime, model, &site);
    let current = setup::current_of(runtime, &guard);
    let setup = setup::statements(runtime, model, &[], &current, recorded);
    let questions = policy::questions(
        runtime,
        policy::Asked {
            attributes: &model.attributes,
            ..policy::Asked::default()
        },
    );
    quote!({ #questions let #guard = #enter; #setup #guard })
}

/// The call of `observed_event!`.
pub(crate) fn event(model: &Event) -> TokenStream {
    let runtime = &Runtime::at(model.runtime.as_ref());
    let event = runtime.private("event");
    let site = site::of_event(runtime, model);
    let (count, closure) = (
        attributes::count(&model.attributes),
        attributes::closure(runtime, &model.attributes),
    );
    let questions = policy::questions(
        runtime,
        policy::Asked {
            attributes: &model.attributes,
            ..policy::Asked::default()
        },
    );
    if questions.is_empty() {
        return quote!(#event(#site, #count, #closure));
    }
    quote!({ #questions #event(#site, #count, #closure) })
}

/// Errors where an expression stands.
pub(crate) fn errors_in_expression(errors: &TokenStream) -> TokenStream {
    quote!({ #errors })
}

/// A function with another body in the place of its own; the braces keep their spans.
fn with_body(function: &Function, signature: &impl ToTokens, body: TokenStream) -> TokenStream {
    let group = in_braces_of(&function.body, body);
    let Function { attrs, vis, .. } = function;
    quote!(#(#attrs)* #vis #signature #group)
}

/// The user's statements after ours, in the user's own braces: they say how long the temporaries of the last expression
/// live, which depends on the edition of whoever wrote them.
#[cfg(feature = "enable")]
fn block_after(block: &Group, ours: &TokenStream, statements: TokenStream) -> TokenStream {
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
    quote!({ #ours #inner })
}

/// A block with the braces of another one.
fn in_braces_of(block: &Group, content: TokenStream) -> Group {
    let mut group = Group::new(block.delimiter(), content);
    group.set_span(block.span());
    group
}
