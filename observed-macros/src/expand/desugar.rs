//! An `async fn` written as the plain function that the compiler makes of it, where nobody can tell the difference.
//!
//! The future of the wrapper is then the function's own, not one inside it: one type layer and half the bytes less
//! (ADR 007). The generated `impl Future` has the edition of this crate, 2024, so it captures every lifetime, as the
//! future of an `async fn` does in all editions.

use observed_syntax::function::Function;
use observed_syntax::model::Parent;
use quote::quote_spanned;
use syn::{Attribute, FnArg, ReturnType, Signature, Type, Visibility, parse_quote};

use super::{names, output};

/// Attributes that mean the same on both forms; any other one might look for the word `async`.
const INDIFFERENT: &[&str] = &[
    "allow",
    "cfg",
    "cold",
    "deny",
    "deprecated",
    "doc",
    "expect",
    "forbid",
    "inline",
    "warn",
];

/// True where the plain form cannot be told from the `async fn`.
pub(super) fn applies(parent: &Parent, function: &Function) -> bool {
    // The parent's expression may name arguments, which at the first poll only the inner block can reach.
    !matches!(parent, Parent::Given(_))
        && function.attrs.iter().all(is_indifferent)
        && is_in_no_trait(function)
        && has_plain_output(&function.sig.output)
}

fn is_indifferent(attribute: &Attribute) -> bool {
    let path = attribute.path();
    let named = |name: &&str| path.is_ident(name);
    INDIFFERENT.iter().any(named)
        || path
            .segments
            .first()
            .is_some_and(|tool| tool.ident == "clippy" || tool.ident == "rustfmt")
}

/// In a public trait the lint `async_fn_in_trait` looks for the word.
fn is_in_no_trait(function: &Function) -> bool {
    let has_receiver = matches!(function.sig.inputs.first(), Some(FnArg::Receiver(_)));
    !has_receiver || !matches!(function.vis, Visibility::Inherited)
}

/// `-> !` has no name as a type argument; an inner `impl Trait` would capture what the user's edition says.
fn has_plain_output(written: &ReturnType) -> bool {
    match written {
        ReturnType::Default => true,
        ReturnType::Type(_, ty) => output::is_complete(ty),
    }
}

/// ```text
/// Input:  async fn f(&self, a: A) -> T
/// Output: fn f(&self, a: A) -> impl Future<Output = T>
/// ```
pub(super) fn signature(mut signature: Signature) -> Signature {
    signature.asyncness = None;
    // Where the written type stands, so that what the compiler says of the whole signature points at it.
    let future = match &signature.output {
        ReturnType::Default => {
            let at = names::at(&signature.paren_token.span.close());
            quote_spanned!(at=> impl ::core::future::Future<Output = ()>)
        }
        ReturnType::Type(_, ty) => {
            quote_spanned!(names::at(ty)=> impl ::core::future::Future<Output = #ty>)
        }
    };
    let future = Type::Verbatim(future);
    signature.output = parse_quote!(-> #future);
    signature
}
