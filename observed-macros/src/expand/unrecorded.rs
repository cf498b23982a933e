//! Functions where nothing is recorded: as written, after one dead statement that carries the checks.

use observed_syntax::function::{Function, split_inner_attributes};
use observed_syntax::model::ObservedFn;
use proc_macro2::TokenStream;
use quote::quote;

use super::{attributes, names, output, with_body};

/// ```text
/// Input:  fn f(a: u64) { body }
/// Output: fn f(a: u64) { if false { check(&|_| value(&a)); } body }
/// ```
pub(super) fn expand(model: &ObservedFn, function: &Function) -> TokenStream {
    let mut checks = TokenStream::new();
    if !model.span.attributes.is_empty() {
        let (check, closure) = (names::private("check"), attributes::closure(&model.span));
        checks.extend(quote!(#check(&#closure);));
    }
    if let Some(parent) = &model.span.parent {
        let (check, checked) = (names::private("check_parent"), names::private("parent"));
        checks.extend(quote!(#check(&|| #checked(#parent));));
    }
    if let (Some(err), Some(output)) = (&model.err, output::nameable(function)) {
        let check = names::private_at("check_result", names::at(err));
        checks.extend(quote!(#check::<#output>();));
    }
    if checks.is_empty() {
        return quote!(#function);
    }
    let (inner, statements) = split_inner_attributes(&function.body);
    with_body(
        function,
        &function.sig,
        quote!(#inner if false { #checks } #statements),
    )
}
