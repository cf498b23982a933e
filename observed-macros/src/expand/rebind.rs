//! Arguments of a function whose body moves into a closure or an `async` block.
//!
//! Arguments and locals must be dropped in the order in which they would be without us (R4). There are two ways:
//!
//! - [`rebind`] binds every argument again in the inner block, in order. It suits every pattern; in a future each
//!   argument then takes its place a third time.
//! - [`capture`] names the arguments at the top of the inner block, the last one first. A block drops what it has
//!   captured in the order in which it was first named, which is the order wanted, and no argument takes place again. It
//!   suits plain names that the body uses; an unused one must stay unused for the compiler's lint.

use observed_syntax::function::Function;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{FnArg, Pat, Signature, Type};

use super::names;

/// A signature with plain argument names, and the statements that restore the written patterns.
///
/// ```text
/// Input:  fn f(mut a: A, (x, y): P, _: Q)
/// Output: fn f(a: A, __observed_argument_1: P, __observed_argument_2: Q)
///         let mut a = a;
///         let __observed_argument_1 = __observed_argument_1; let (x, y) = __observed_argument_1;
///         let __observed_argument_2 = __observed_argument_2; let _ = __observed_argument_2;
/// ```
pub(super) fn rebind(function: &Function) -> (Signature, TokenStream) {
    let mut signature = function.sig.clone();
    let mut statements = TokenStream::new();
    let generated = generated();
    for (position, argument) in signature.inputs.iter_mut().enumerate() {
        match argument {
            // The whole of `self` moves in, not only the fields that the body names.
            FnArg::Receiver(receiver) => {
                let word = receiver.self_token;
                statements.extend(quote!(_ = &#word;));
            }
            // Nothing happens at its drop.
            FnArg::Typed(typed) if is_plain_data(&typed.ty) => {}
            FnArg::Typed(typed) => {
                // A condition stands at both places; a lint level moves with the binding that it is about.
                let (conditions, levels): (Vec<_>, Vec<_>) = typed
                    .attrs
                    .drain(..)
                    .partition(|attribute| attribute.path().is_ident("cfg"));
                typed.attrs.clone_from(&conditions);
                let written = (*typed.pat).clone();
                if let Pat::Ident(simple) = &mut *typed.pat
                    && simple.by_ref.is_none()
                    && simple.subpat.is_none()
                {
                    simple.mutability = None;
                    let name = &simple.ident;
                    statements.extend(
                        quote!(#(#conditions)* #(#levels)* #generated let #written = #name;),
                    );
                } else {
                    let name = names::argument(position);
                    *typed.pat = syn::parse_quote!(#name);
                    statements.extend(quote! {
                        #(#conditions)* #generated let #name = #name;
                        #(#conditions)* #(#levels)* let #written = #name;
                    });
                }
            }
        }
    }
    (signature, statements)
}

/// The signature, and the statement that captures the arguments in the order of their drops; `None` where [`rebind`]
/// is needed.
///
/// ```text
/// Input:  async fn f(&self, mut a: A, _: Q, b: B)
/// Output: async fn f(&self, mut a: A, __observed_argument_2: Q, b: B)
///         { _ = (&b, &__observed_argument_2, &a, &self); }
/// ```
pub(super) fn capture(function: &Function) -> Option<(Signature, TokenStream)> {
    let mut signature = function.sig.clone();
    let mut captured = Vec::new();
    for (position, argument) in signature.inputs.iter_mut().enumerate() {
        match argument {
            FnArg::Receiver(receiver) => captured.push(receiver.self_token.to_token_stream()),
            FnArg::Typed(typed) if is_plain_data(&typed.ty) => {}
            FnArg::Typed(typed) if !typed.attrs.is_empty() => return None,
            FnArg::Typed(typed) => match &*typed.pat {
                Pat::Wild(_) => {
                    let name = names::argument(position);
                    *typed.pat = syn::parse_quote!(#name);
                    captured.push(quote!(#name));
                }
                Pat::Ident(simple)
                    if simple.by_ref.is_none()
                        && simple.subpat.is_none()
                        && mentions(function.body.stream(), &simple.ident) =>
                {
                    captured.push(simple.ident.to_token_stream());
                }
                _ => return None,
            },
        }
    }
    captured.reverse();
    let generated = generated();
    let statement = match captured.as_slice() {
        [] => TokenStream::new(),
        [only] => quote!(#generated { _ = &#only; }),
        several => quote!(#generated { _ = (#(&#several),*); }),
    };
    Some((signature, statement))
}

/// Lints that are about how the statement is written, and nobody wrote it; clippy knows them, the compiler does not ask.
fn generated() -> TokenStream {
    quote!(#[allow(clippy::shadow_same, clippy::used_underscore_binding, reason = "generated by #[observed]")])
}

/// True when the tokens name the variable; also when they name something else by its name, which does no harm.
fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(group.stream(), name),
        // `format!("{name}")` names it inside a literal.
        TokenTree::Literal(literal) => literal.to_string().contains(&format!("{{{name}")),
        TokenTree::Punct(_) => false,
    })
}

/// True for types that by their spelling have no destructor: references and primitives, alone or in arrays and tuples.
fn is_plain_data(ty: &Type) -> bool {
    const PRIMITIVES: &[&str] = &[
        "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16",
        "u32", "u64", "u128", "usize",
    ];
    match ty {
        Type::Reference(_) => true,
        Type::Array(array) => is_plain_data(&array.elem),
        Type::Tuple(tuple) => tuple.elems.iter().all(is_plain_data),
        Type::Paren(inner) => is_plain_data(&inner.elem),
        Type::Group(inner) => is_plain_data(&inner.elem),
        Type::Path(path) => path
            .path
            .get_ident()
            .is_some_and(|ident| PRIMITIVES.iter().any(|primitive| ident == primitive)),
        _ => false,
    }
}
