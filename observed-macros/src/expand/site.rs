//! The constant part of a span or an event.

use observed_syntax::model::{Attribute, Event, Kind, Late, Span};
use proc_macro2::{Ident, Span as TokenSpan, TokenStream};
use quote::quote;
use syn::LitStr;

use super::names::{self, Runtime};

/// A reference to the site of a span, where it is named once; the compiler promotes it to a constant.
pub(super) fn of_span(runtime: &Runtime, model: &Span, late: &[Late]) -> TokenStream {
    let scope = model.scope.as_deref().unwrap_or_default();
    let site = site(
        runtime,
        &model.name,
        model.kind,
        keys(&model.attributes, late),
        scope,
    );
    quote!(&#site)
}

/// A reference to the site of an event.
pub(super) fn of_event(runtime: &Runtime, model: &Event) -> TokenStream {
    let site = site(
        runtime,
        &model.name,
        Kind::Internal,
        keys(&model.attributes, &[]),
        "",
    );
    quote!(&#site)
}

/// The site as a static item, where it is named twice: a constant may have another address at each use, and the
/// runtime recognises a site by its address.
pub(super) fn item(runtime: &Runtime, model: &Span, late: &[Late]) -> TokenStream {
    let (ty, name) = (runtime.private("Site"), names::site());
    let scope = model.scope.as_deref().unwrap_or_default();
    let value = site(
        runtime,
        &model.name,
        model.kind,
        keys(&model.attributes, late),
        scope,
    );
    quote!(static #name: #ty = #value;)
}

fn keys<'a>(attributes: &'a [Attribute], late: &'a [Late]) -> impl Iterator<Item = &'a String> {
    attributes
        .iter()
        .map(|attribute| &attribute.key)
        .chain(late.iter().map(|late| &late.key))
}

fn site<'a>(
    runtime: &Runtime,
    name: &LitStr,
    kind: Kind,
    keys: impl Iterator<Item = &'a String>,
    scope: &str,
) -> TokenStream {
    let (site, kinds) = (runtime.private("Site"), runtime.private("Kind"));
    let kind = match kind {
        Kind::Internal => "Internal",
        Kind::Server => "Server",
        Kind::Client => "Client",
        Kind::Producer => "Producer",
        Kind::Consumer => "Consumer",
    };
    let kind = Ident::new(kind, TokenSpan::mixed_site());
    quote!(#site { name: #name, kind: #kinds::#kind, keys: &[#(#keys),*], scope: #scope })
}
