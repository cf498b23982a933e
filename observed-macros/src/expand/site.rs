//! The constant part of a span or an event.

use observed_syntax::model::{Attribute, Event, Kind, Late, Span};
use proc_macro2::{Ident, Literal, Span as TokenSpan, TokenStream};
use quote::quote;
use syn::LitStr;
use syn::ext::IdentExt;

use super::names::{self, Runtime};
use super::origin::Origin;

/// A reference to the site of a span, where it is named once; the compiler promotes it to a constant.
pub(super) fn of_span(
    runtime: &Runtime,
    model: &Span,
    late: &[Late],
    function: Option<&Ident>,
) -> TokenStream {
    let site = span(runtime, model, late, function);
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
        &no_code(runtime),
    );
    quote!(&#site)
}

/// The site as a static item, where it is named twice: a constant may have another address at each use, and the
/// runtime recognises a site by its address.
pub(super) fn item(
    runtime: &Runtime,
    model: &Span,
    late: &[Late],
    function: &Ident,
) -> TokenStream {
    let (ty, name) = (runtime.private("Site"), names::site());
    let value = span(runtime, model, late, Some(function));
    quote!(static #name: #ty = #value;)
}

fn span(runtime: &Runtime, model: &Span, late: &[Late], function: Option<&Ident>) -> TokenStream {
    site(
        runtime,
        &model.name,
        model.kind,
        keys(&model.attributes, late),
        model.scope.as_deref().unwrap_or_default(),
        &code(runtime, function),
    )
}

/// Where the annotation stands: as literals, because a macro of the language costs a build more each time.
fn code(runtime: &Runtime, function: Option<&Ident>) -> TokenStream {
    let [code, module_path] = ["Code", "module_path"].map(|item| runtime.private(item));
    let function = function.map(|name| name.unraw().to_string());
    let function = function.unwrap_or_default();
    let Origin {
        package,
        version,
        file,
        line,
    } = Origin::of_this_annotation();
    let line = Literal::u32_unsuffixed(line);
    quote!(#code {
        package: #package,
        version: #version,
        module: #module_path!(),
        function: #function,
        file: #file,
        line: #line,
    })
}

fn no_code(runtime: &Runtime) -> TokenStream {
    let code = runtime.private("Code");
    quote!(#code::NONE)
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
    code: &TokenStream,
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
    quote!(#site { name: #name, kind: #kinds::#kind, keys: &[#(#keys),*], scope: #scope, code: #code })
}
