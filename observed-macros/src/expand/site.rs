//! The constant part of a span or an event.

use observed_syntax::fingerprint::{self, Fingerprint};
use observed_syntax::model::{Attribute, Event, Kind, Late, ObservedFn, Span};
use observed_syntax::routes::OTHER_METHOD;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use syn::LitStr;
use syn::ext::IdentExt;

use super::names::{self, Runtime};
use super::origin::Origin;

/// A reference to the site of a block's span, where it is named once; the compiler promotes it to a constant.
pub(super) fn of_span(runtime: &Runtime, model: &Span) -> TokenStream {
    let site = span(runtime, model, &[], None, fingerprint::of_span(model));
    quote!(&#site)
}

/// A reference to the site of a function's span, where it is named once.
pub(super) fn of_function(runtime: &Runtime, model: &ObservedFn, function: &Ident) -> TokenStream {
    let site = annotated(runtime, model, function);
    quote!(&#site)
}

/// A reference to the site of an event.
pub(super) fn of_event(runtime: &Runtime, model: &Event) -> TokenStream {
    let (site, name) = (runtime.private("Site"), &model.name);
    let keys = keys(&model.attributes, &[]);
    let fingerprint = literal(fingerprint::of_event(model));
    quote!(&#site(#name, 1, &[#(#keys),*], "", [""; 5], 0, #fingerprint))
}

/// The site as a static item, where it is named twice: a constant may have another address at each use, and the
/// runtime recognises a site by its address.
pub(super) fn item(runtime: &Runtime, model: &ObservedFn, function: &Ident) -> TokenStream {
    let (ty, name) = (runtime.private("Site"), names::site());
    let value = annotated(runtime, model, function);
    quote!(static #name: #ty = #value;)
}

fn annotated(runtime: &Runtime, model: &ObservedFn, function: &Ident) -> TokenStream {
    let fingerprint = fingerprint::of_function(model);
    span(
        runtime,
        &model.span,
        &model.late,
        Some(function),
        fingerprint,
    )
}

/// The site itself: where it stands is told as literals, because a macro of the language costs a build more each time.
fn span(
    runtime: &Runtime,
    model: &Span,
    late: &[Late],
    function: Option<&Ident>,
    fingerprint: Fingerprint,
) -> TokenStream {
    let [site, module_path] = ["Site", "module_path"].map(|item| runtime.private(item));
    let kind = number(model.kind);
    // What a request is called whose name could not be made.
    let unknown = LitStr::new(OTHER_METHOD, model.name.span());
    let name = if model.route.is_some() {
        &unknown
    } else {
        &model.name
    };
    let keys = keys(&model.attributes, late);
    let scope = model.scope.as_deref().unwrap_or_default();
    let function = function.map(|name| name.unraw().to_string());
    let function = function.unwrap_or_default();
    let Origin {
        package,
        version,
        file,
        line,
    } = Origin::of_this_annotation();
    let (line, fingerprint) = (Literal::u32_unsuffixed(line), literal(fingerprint));
    quote! {
        #site(#name, #kind, &[#(#keys),*], #scope, [#package, #version, #module_path!(), #function, #file], #line, #fingerprint)
    }
}

fn literal(fingerprint: Fingerprint) -> Literal {
    Literal::u64_unsuffixed(fingerprint.0)
}

/// The number of a kind in OTLP.
fn number(kind: Kind) -> Literal {
    Literal::u8_unsuffixed(match kind {
        Kind::Internal => 1,
        Kind::Server => 2,
        Kind::Client => 3,
        Kind::Producer => 4,
        Kind::Consumer => 5,
    })
}

fn keys<'a>(attributes: &'a [Attribute], late: &'a [Late]) -> impl Iterator<Item = &'a String> {
    attributes
        .iter()
        .map(|attribute| &attribute.key)
        .chain(late.iter().map(|late| &late.key))
}
