//! Functions where nothing is recorded: as written, after one dead statement that carries the checks.

use observed_syntax::body::{Split, has_items, split_after_items};
use observed_syntax::function::Function;
use observed_syntax::model::{ObservedFn, Parent, Work};
use proc_macro2::TokenStream;
use quote::quote;

use super::asynchronous::in_box;
use super::block::with_body;
use super::names::{self, Runtime};
use super::{attributes, late, output, policy, receiver, setup};

/// Writes one dead statement with the checks before the body.
///
/// ```text
/// Input:  fn f(a: u64) { body }
/// Output: fn f(a: u64) { if false { _ = value(&a); } body }
/// ```
pub(super) fn expand(model: &ObservedFn, function: &Function) -> TokenStream {
    let runtime = &Runtime::at(model.span.runtime.as_ref());
    let receiver = function
        .boxed
        .as_ref()
        .and_then(|boxed| boxed.receiver.as_ref());
    let model = &receiver::renamed(model, receiver);
    let checks = checks(runtime, model, function);
    let late = late(runtime, model);
    if checks.is_empty() && late.is_empty() {
        return quote!(#function);
    }
    let checks = if checks.is_empty() {
        checks
    } else {
        quote!(if false { #checks })
    };
    if let Some(boxed) = &function.boxed {
        let (head, rest) = (&boxed.head, boxed.rest.stream());
        let boxing = in_box(boxed, quote!(#head #checks #late #rest));
        return with_body(function, &function.sig, boxing);
    }
    let Split { head, statements } = split_after_items(&function.body);
    with_body(
        function,
        &function.sig,
        quote!(#head #checks #late #statements),
    )
}

/// The calls that only the type checker sees.
fn checks(runtime: &Runtime, model: &ObservedFn, function: &Function) -> TokenStream {
    let mut checks = TokenStream::new();
    if let Some(values) = attributes::at_hand(runtime, &model.span.attributes) {
        checks.extend(quote!(#(_ = #values;)*));
    } else {
        let (check, closure) = (
            runtime.private("check"),
            attributes::closure(runtime, &model.span.attributes),
        );
        checks.extend(quote!(#check(#closure);));
    }
    checks.extend(policy::questions(runtime, policy::Asked::of(model)));
    if let Some(route) = &model.span.route {
        let (check, name) = (
            runtime.private("check_name"),
            setup::name_closure(runtime, route),
        );
        checks.extend(quote!(#check(#name);));
    }
    if let Parent::Given(parent) = &model.span.parent {
        let (check, parent) = (
            runtime.private("check_parent"),
            setup::parent_closure(runtime, parent),
        );
        checks.extend(quote!(#check(#parent);));
    }
    if let Some(links) = &model.span.links {
        let (check, links) = (
            runtime.private("check_links"),
            setup::links_closure(runtime, links),
        );
        checks.extend(quote!(#check(#links);));
    }
    // The output of a returned future has no name that could be checked.
    let has_own_output = matches!(model.work, Work::Body | Work::Polls);
    // An item of the body may have the name of something in the return type.
    let is_in_scope = has_own_output && !has_items(&function.body);
    let output = output::nameable(function).filter(|output| output.is_complete && is_in_scope);
    if let (Some(err), Some(output::Output { ty: output, .. })) = (&model.err, output) {
        let at = names::at(&err.keyword);
        checks.extend(if let Some(code) = policy::code_closure(runtime, err) {
            let check = runtime.private_at("check_code", at);
            quote!(#check::<#output, _>(#code);)
        } else {
            let check = runtime.private_at("check_result", at);
            quote!(#check::<#output>();)
        });
    }
    checks
}

/// What the records of the body name: it records nothing and has no size.
fn late(runtime: &Runtime, model: &ObservedFn) -> TokenStream {
    if model.late.is_empty() {
        return if model.records_late {
            late::undeclared(runtime)
        } else {
            TokenStream::new()
        };
    }
    let no_late = runtime.private("no_late");
    late::recorder(runtime, &quote!(#no_late()), &model.late, 0)
}
