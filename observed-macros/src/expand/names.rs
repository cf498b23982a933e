//! The paths and names of generated code: full paths from the root, names that no user writes.

use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};
use syn::Path;
use syn::spanned::Spanned;

use super::dependency;

/// Where the runtime is.
pub(super) struct Runtime<'a>(Option<&'a Path>);

impl<'a> Runtime<'a> {
    /// As `crate = path` says, else `::observed_runtime`, or what the dependency was renamed to.
    pub(super) fn at(path: Option<&'a Path>) -> Self {
        Self(path)
    }

    /// An item of the runtime's private interface.
    pub(super) fn private(&self, item: &str) -> Private<'a> {
        self.private_at(item, Span::mixed_site())
    }

    /// An item of the runtime's private interface, about which errors point at what the user typed.
    pub(super) fn private_at(&self, item: &str, span: Span) -> Private<'a> {
        Private {
            root: self.0,
            item: Ident::new(item, span),
        }
    }
}

/// The path of an item of the runtime's private interface.
///
/// It is written where it is needed: a stream of tokens inside another one costs several calls into the compiler.
#[derive(Clone)]
pub(super) struct Private<'a> {
    root: Option<&'a Path>,
    item: Ident,
}

impl ToTokens for Private<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let span = self.item.span();
        if let Some(root) = self.root {
            root.to_tokens(tokens);
        } else {
            separate(span, tokens);
            tokens.append(Ident::new(dependency::name(), span));
        }
        separate(span, tokens);
        tokens.append(Ident::new("__private", span));
        separate(span, tokens);
        tokens.append(self.item.clone());
    }
}

/// Writes `::`.
fn separate(span: Span, tokens: &mut TokenStream) {
    for spacing in [Spacing::Joint, Spacing::Alone] {
        let mut colon = Punct::new(':', spacing);
        colon.set_span(span);
        tokens.append(colon);
    }
}

/// Mixed-site hygiene at the position of what the user typed, so that errors point there.
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

pub(super) fn result() -> Ident {
    local("result")
}

/// The error that plain `err` asks.
pub(super) fn failed() -> Ident {
    local("error")
}

pub(super) fn argument(position: usize) -> Ident {
    local(&format!("argument_{position}"))
}

/// The static item that holds the site, where it is named twice.
pub(super) fn site() -> Ident {
    Ident::new("__OBSERVED_SITE", Span::mixed_site())
}

/// The span that late attributes are recorded to.
pub(super) fn late() -> Ident {
    local("late")
}

/// The macro that a function has for its late attributes. Two macros write its name, so it is of the call site; it is what
/// the compiler says where there is none.
pub(super) fn local_macro(at: Span) -> Ident {
    Ident::new("observed_record_outside_of_an_observed_function", at)
}

/// The error in `err = expr`: the one name that generated code lends to the user.
pub(super) fn error(keyword: &Ident) -> Ident {
    Ident::new("error", keyword.span())
}
