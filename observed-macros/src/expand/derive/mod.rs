//! The implementations that the derives write.

use observed_syntax::derive::{Classified, Derived, Shape};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::parse_quote;

use super::names::{self, Runtime};

/// ```text
/// Input:  struct Customer { tier: u8, #[pii] contact: String }
/// Output: impl Classified for Customer {} impl Flagged<1234> for Customer {} impl OnePolicy for Customer {}
/// ```
pub(crate) fn classified(model: &Classified) -> TokenStream {
    let runtime = Runtime::at(model.runtime.as_ref());
    let (flagged, one) = (runtime.private("Flagged"), runtime.private("OnePolicy"));
    let (classified, ident) = (runtime.private("Classified"), &model.ident);
    let (generics, arguments, clause) = model.generics.split_for_impl();
    let marks = model.flagged.iter().map(|number| {
        quote! {
            #[automatically_derived]
            impl #generics #flagged<#number> for #ident #arguments #clause {}
        }
    });
    quote! {
        #[automatically_derived]
        impl #generics #classified for #ident #arguments #clause {}
        #[automatically_derived]
        impl #generics #one for #ident #arguments #clause {}
        #(#marks)*
    }
}

/// ```text
/// Input:  enum Tier { Free, Pro }
/// Output: impl AttributeValue for Tier { fn to_value(&self) -> Value { literal(match self { Tier::Free => "free", .. }) } }
/// ```
pub(crate) fn value(model: &Derived) -> TokenStream {
    let runtime = Runtime::at(model.runtime.as_ref());
    let (attribute_value, value) = (runtime.private("AttributeValue"), runtime.private("Value"));
    let (one, ident) = (runtime.private("OnePolicy"), &model.ident);
    let mut generics = model.generics.clone();
    let body = match &model.shape {
        Shape::Names(variants) => {
            let literal = runtime.private("literal");
            let arms = variants
                .iter()
                .map(|(variant, name)| quote!(Self::#variant => #name));
            quote!(#literal(match self { #(#arms,)* }))
        }
        Shape::Newtype { member, ty, public } => {
            let word = runtime.private_at(if *public { "public" } else { "value" }, names::at(ty));
            if !generics.params.is_empty() {
                let bound = if *public {
                    runtime.private("Text")
                } else {
                    runtime.private("AttributeValue")
                };
                generics
                    .make_where_clause()
                    .predicates
                    .push(parse_quote!(#ty: #bound));
            }
            let this = quote!(self);
            quote_spanned!(names::at(ty)=> #word(&#this.#member))
        }
    };
    let (generics, arguments, clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #generics #one for #ident #arguments #clause {}
        #[automatically_derived]
        impl #generics #attribute_value for #ident #arguments #clause {
            #[inline]
            fn to_value(&self) -> #value {
                #body
            }
        }
    }
}
