//! Lints that a function expects, where its body moves into a closure or a block: there some of them do not fire, and the
//! expectation would be unfulfilled where spans are recorded and nowhere else.
//!
//! ```text
//! Input:  #[expect(clippy::needless_pass_by_value)] fn f(..) -> Result<T, E>
//! Output: #[allow(clippy::needless_pass_by_value)] fn f(..) -> Result<T, E>
//! ```
//!
//! Whether it is fulfilled is said of the function as it was written, in every build that does not record.

use observed_syntax::body::{Split, split_after_attributes};
use observed_syntax::function::Function;
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, FnArg, Meta};

use super::block::in_braces_of;

const EXPECT: &str = "expect";

/// Makes every expectation of the function a permission.
pub(super) fn are_permissions(function: &mut Function) {
    let parameters = function.sig.inputs.iter_mut();
    let of_parameters = parameters.flat_map(|parameter| match parameter {
        FnArg::Receiver(receiver) => &mut receiver.attrs,
        FnArg::Typed(typed) => &mut typed.attrs,
    });
    function
        .attrs
        .iter_mut()
        .chain(of_parameters)
        .for_each(permit);
    let Split { head, statements } = split_after_attributes(&function.body);
    if !head.is_empty() {
        let head = permitted(head);
        function.body = in_braces_of(&function.body, quote!(#head #statements));
    }
}

fn permit(attribute: &mut Attribute) {
    let Meta::List(list) = &mut attribute.meta else {
        return;
    };
    if list.path.is_ident(EXPECT) {
        if let Some(only) = list.path.segments.first_mut() {
            only.ident = permission(&only.ident);
        }
    } else if list.path.is_ident("cfg_attr") {
        list.tokens = permitted(std::mem::take(&mut list.tokens));
    } else {
        return;
    }
    // A lint asks for `#[expect]` where somebody wrote `#[allow]`, and nobody did.
    let pound = &mut attribute.pound_token.span;
    *pound = generated_at(*pound);
}

/// `expect(..)` as `allow(..)`, however deep.
fn permitted(tokens: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_called = |position: usize| matches!(tokens.get(position + 1), Some(TokenTree::Group(_)));
    let permitted = tokens
        .iter()
        .enumerate()
        .map(|(position, token)| match token {
            TokenTree::Ident(ident) if ident == EXPECT && is_called(position) => {
                TokenTree::Ident(permission(ident))
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), permitted(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other.clone(),
        });
    permitted.collect()
}

fn permission(expect: &Ident) -> Ident {
    Ident::new("allow", generated_at(expect.span()))
}

fn generated_at(written: Span) -> Span {
    Span::mixed_site().located_at(written)
}
