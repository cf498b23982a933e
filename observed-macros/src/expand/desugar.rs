//! An `async fn` written as the plain function that the compiler makes of it, where nobody can tell the difference.
//!
//! The future of the wrapper is then the function's own, not one inside it: three type layers less for the compiler
//! (ADR 007). The generated `impl Future` has the edition of this crate, 2024, so it captures every lifetime, as the
//! future of an `async fn` does in all editions.

use observed_syntax::function::Function;
use observed_syntax::model::{self, Parent};
use observed_syntax::tokens::leaves;
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Attribute, FnArg, ReturnType, Safety, Signature, Type, Visibility, parse_quote};

use super::{names, output};

/// Attributes that mean the same on both forms; any other one might look for the keyword `async`.
const INDIFFERENT: &[&str] = &[
    "allow",
    "cfg",
    "cold",
    "deny",
    "deprecated",
    "doc",
    "forbid",
    "inline",
    "warn",
];

/// Names of methods for which `clippy::should_implement_trait` and `len_without_is_empty` tell the forms apart.
const TRAIT_METHODS: &[&str] = &[
    "add",
    "as_mut",
    "as_ref",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "borrow_mut",
    "clone",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "div",
    "drop",
    "eq",
    "from_iter",
    "from_str",
    "hash",
    "index",
    "index_mut",
    "into_iter",
    "len",
    "mul",
    "neg",
    "next",
    "not",
    "rem",
    "shl",
    "shr",
    "sub",
];

/// True where the plain form cannot be told from the `async fn`.
pub(super) fn applies(span: &model::Span, function: &Function) -> bool {
    // The parent's expression and the name's may name arguments, which at the first poll only the inner block can reach.
    !matches!(span.parent, Parent::Given(_))
        && span.route.is_none()
        && function.attrs.iter().all(is_indifferent)
        && is_in_no_trait(function)
        && !TRAIT_METHODS.iter().any(|name| function.sig.ident == name)
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

/// In a public trait the lint `async_fn_in_trait` looks for the keyword.
fn is_in_no_trait(function: &Function) -> bool {
    let has_receiver = matches!(function.sig.inputs.first(), Some(FnArg::Receiver(_)));
    !has_receiver || !matches!(function.vis, Visibility::Inherited)
}

/// `-> !` has no name as a type argument; an inner `impl Trait` would capture what the user's edition says; what a
/// lifetime error says of a returned borrow points into the body only where the compiler made the future.
fn has_plain_output(written: &ReturnType) -> bool {
    match written {
        ReturnType::Default => true,
        ReturnType::Type(_, ty) => output::is_complete(ty) && !borrows(ty.to_token_stream()),
    }
}

fn borrows(ty: TokenStream) -> bool {
    leaves(ty).any(
        |token| matches!(token, TokenTree::Punct(punct) if matches!(punct.as_char(), '&' | '\'')),
    )
}

/// ```text
/// Input:  async fn f(&self, a: A) -> T
/// Output: fn f(&self, a: A) -> impl Future<Output = T> where
/// ```
///
/// What the compiler says of a header points from its first token to its last, if both are the user's: so the first one
/// gets the span of `async`, and an empty `where` that of the type's end.
pub(super) fn signature(mut signature: Signature) -> TokenStream {
    if let Some(asyncness) = signature.asyncness.take() {
        match (&mut signature.safety, &mut signature.abi) {
            (Safety::Unsafe(first), _) => first.span = asyncness.span,
            (_, Some(abi)) => abi.extern_token.span = asyncness.span,
            _ => signature.fn_token.span = asyncness.span,
        }
    }
    let (future, end) = match &signature.output {
        ReturnType::Default => {
            let end = signature.paren_token.span.close();
            let at = Span::mixed_site().located_at(end);
            (
                quote_spanned!(at=> impl ::core::future::Future<Output = ()>),
                end,
            )
        }
        ReturnType::Type(_, ty) => {
            let end = ty
                .to_token_stream()
                .into_iter()
                .last()
                .map_or_else(Span::call_site, end_of);
            let future = quote_spanned!(names::at(ty)=> impl ::core::future::Future<Output = #ty>);
            (future, end)
        }
    };
    let future = Type::Verbatim(future);
    signature.output = parse_quote!(-> #future);
    // An empty clause is not printed.
    let clause = signature
        .generics
        .where_clause
        .is_none()
        .then(|| quote_spanned!(end=> where));
    quote!(#signature #clause)
}

fn end_of(token: TokenTree) -> Span {
    match token {
        TokenTree::Group(group) => group.span_close(),
        other => other.span(),
    }
}
