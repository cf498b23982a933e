//! The constant part of a span.

use observed_syntax::model::{Kind, Span};
use proc_macro2::{Ident, Span as TokenSpan, TokenStream};
use quote::quote;

use super::names;

/// A reference to the site, where it is named once; the compiler promotes it to a constant.
pub(super) fn literal(model: &Span) -> TokenStream {
    let site = value(model);
    quote!(&#site)
}

/// The site as a static item, where it is named twice: a constant may have another address at each use, and the
/// runtime recognises a site by its address.
#[cfg(feature = "enable")]
pub(super) fn item(model: &Span) -> TokenStream {
    let (site, name, value) = (names::private("Site"), names::site(), value(model));
    quote!(static #name: #site = #value;)
}

fn value(model: &Span) -> TokenStream {
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
    quote!(#site { name: #name, kind: #kinds::#kind, keys: &[#(#keys),*] })
}
