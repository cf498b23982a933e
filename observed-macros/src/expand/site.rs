//! The constant part of a span.

use observed_syntax::model::{Kind, Span};
use proc_macro2::{Ident, Span as TokenSpan, TokenStream};
use quote::quote;

use super::names;

/// A reference to the site; the compiler promotes it to a constant.
pub(super) fn literal(model: &Span) -> TokenStream {
    let (site, kinds) = (names::private("Site"), names::private("Kind"));
    let kind = Ident::new(
        match model.kind {
            Kind::Internal => "Internal",
            Kind::Server => "Server",
            Kind::Client => "Client",
            Kind::Producer => "Producer",
            Kind::Consumer => "Consumer",
        },
        TokenSpan::mixed_site(),
    );
    let name = &model.name;
    let keys = model.attributes.iter().map(|attribute| &attribute.key);
    quote!(&#site { name: #name, kind: #kinds::#kind, keys: &[#(#keys),*] })
}

/// The same as a constant item, where it is named twice.
#[cfg(feature = "enable")]
pub(super) fn constant(model: &Span) -> TokenStream {
    let (site, name, literal) = (names::private("Site"), names::site(), literal(model));
    quote!(const #name: &#site = #literal;)
}
