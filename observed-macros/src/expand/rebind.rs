//! Arguments of a function whose body moves into a closure or an `async` block.
//!
//! Every argument is rebound there in order, so that arguments and locals are dropped in the order in which they
//! would be without us (R4).

use observed_syntax::function::Function;
use proc_macro2::TokenStream;
use quote::quote;
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
    for (position, argument) in signature.inputs.iter_mut().enumerate() {
        match argument {
            // The whole of `self` moves in, not only the fields that the body names.
            FnArg::Receiver(receiver) => {
                let word = receiver.self_token;
                statements.extend(quote!(_ = &#word;));
            }
            // Nothing happens at its drop, and rebound it would take its place in a future a third time.
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
                    statements.extend(quote!(#(#conditions)* #(#levels)* let #written = #name;));
                } else {
                    let name = names::argument(position);
                    *typed.pat = syn::parse_quote!(#name);
                    statements.extend(quote! {
                        #(#conditions)* let #name = #name;
                        #(#conditions)* #(#levels)* let #written = #name;
                    });
                }
            }
        }
    }
    (signature, statements)
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
