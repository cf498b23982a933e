//! The paths and names of generated code: full paths from the root, names that no user writes.

use proc_macro2::{Ident, Span, TokenStream};
#[cfg(feature = "enable")]
use quote::quote;
use quote::quote_spanned;
use syn::spanned::Spanned;

/// An item of the runtime's private interface.
pub(super) fn private(item: &str) -> TokenStream {
    private_at(item, Span::mixed_site())
}

/// The same, so that errors about it point at what the user typed.
pub(super) fn private_at(item: &str, span: Span) -> TokenStream {
    let item = Ident::new(item, span);
    quote_spanned!(span=> ::observed_runtime::__private::#item)
}

/// Mixed-site hygiene at the place of what the user typed, so that errors point there.
pub(super) fn at(typed: &impl Spanned) -> Span {
    Span::mixed_site().located_at(typed.span())
}

/// A local name; mixed-site hygiene hides it from the user's body, the prefix from the user's items.
fn local(name: &str) -> Ident {
    Ident::new(&format!("__observed_{name}"), Span::mixed_site())
}

pub(super) fn guard() -> Ident {
    local("span")
}

pub(super) fn index() -> Ident {
    local("index")
}

#[cfg(feature = "enable")]
pub(super) fn result() -> Ident {
    local("result")
}

#[cfg(feature = "enable")]
pub(super) fn argument(position: usize) -> Ident {
    local(&format!("argument_{position}"))
}

/// The static item that holds the site, where it is named twice.
#[cfg(feature = "enable")]
pub(super) fn site() -> TokenStream {
    quote!(__OBSERVED_SITE)
}
