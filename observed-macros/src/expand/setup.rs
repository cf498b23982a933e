//! What a span is given once it is current: attributes, links, and the handles of late attributes.

use observed_syntax::model::{Late, Parent, Span};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::attributes;
use super::names::{self, Runtime};

/// When a span's attributes are recorded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Attributes {
    /// By the expression that starts the span.
    AtEntry,
    /// By the statements that set the span up.
    AfterEntry,
}

/// The start of a span.
pub(super) struct Entry {
    /// The expression that starts the span and makes it current.
    pub(super) enter: TokenStream,
    /// Whether it records the attributes.
    pub(super) attributes: Attributes,
}

/// The statements that set up the span that `current` names.
///
/// ```text
/// current.record(..).link(..).done();
/// let (rows,) = { let c = current.record(..).link(..); (c.late::<u64>(2),) };
/// ```
pub(super) fn statements(
    runtime: &Runtime,
    model: &Span,
    late: &[Late],
    current: &TokenStream,
    attributes: Attributes,
) -> TokenStream {
    let mut chain = TokenStream::new();
    if !model.attributes.is_empty() && attributes == Attributes::AfterEntry {
        let (count, closure) = (
            attributes::count(&model.attributes),
            attributes::closure(runtime, &model.attributes),
        );
        chain.extend(quote!(.record(#count, #closure)));
    }
    if let Some(links) = &model.links {
        let links = links_closure(runtime, links);
        chain.extend(quote!(.link(#links)));
    }
    match (chain.is_empty(), late.is_empty()) {
        (true, true) => TokenStream::new(),
        (false, true) => quote!(#current #chain.done();),
        (_, false) => with_handles(model, late, &quote!(#current #chain)),
    }
}

fn with_handles(model: &Span, late: &[Late], current: &TokenStream) -> TokenStream {
    let name = names::current();
    let handles = late.iter().map(|late| &late.handle);
    let calls = late.iter().enumerate().map(|(position, late)| {
        let index = Literal::usize_suffixed(model.attributes.len() + position);
        let (ty, at) = (&late.ty, names::at(&late.ty));
        let method = quote::format_ident!("{}", method(late), span = at);
        quote_spanned!(at=> #name.#method::<#ty>(#index))
    });
    quote!(let (#(#handles,)*) = { let #name = #current; (#(#calls,)*) };)
}

/// The runtime's name for the making of a handle.
pub(super) fn method(late: &Late) -> &'static str {
    if late.public { "late_public" } else { "late" }
}

/// `&|| links(expr)`
pub(super) fn links_closure(runtime: &Runtime, links: &syn::Expr) -> TokenStream {
    let function = runtime.private_at("links", names::at(links));
    quote!(&|| #function(#links))
}

/// `&|| parent(expr)`, or nothing for the current span.
pub(super) fn parent_closure(runtime: &Runtime, parent: &Parent) -> Option<TokenStream> {
    match parent {
        Parent::Current => None,
        Parent::Root => {
            let root = runtime.private("root");
            Some(quote!(&|| #root()))
        }
        Parent::Given(parent) => {
            let checked = runtime.private_at("parent", names::at(&**parent));
            Some(quote!(&|| #checked(#parent)))
        }
    }
}

/// The start of the span of `site`, with its attributes where nothing comes before them: the parent's expression does.
pub(super) fn enter_with(runtime: &Runtime, model: &Span, site: &TokenStream) -> Entry {
    if model.attributes.is_empty() || !matches!(model.parent, Parent::Current) {
        return Entry {
            enter: enter(runtime, model, site),
            attributes: Attributes::AfterEntry,
        };
    }
    let entered = if let Some(values) = attributes::at_hand(runtime, &model.attributes) {
        let enter = runtime.private("enter_values");
        quote!(#enter(#site, [#(#values),*]))
    } else {
        let (enter, count) = (
            runtime.private("enter_with"),
            attributes::count(&model.attributes),
        );
        let closure = attributes::closure(runtime, &model.attributes);
        quote!(#enter(#site, #count, #closure))
    };
    let (may_record, no_span) = (runtime.private("may_record"), runtime.private("no_span"));
    Entry {
        enter: quote!(if #may_record() { #entered } else { #no_span() }),
        attributes: Attributes::AtEntry,
    }
}

/// The span of a guard, to be given its attributes and links.
pub(super) fn current_of(runtime: &Runtime, guard: &Ident) -> TokenStream {
    let current_of = runtime.private("current_of");
    quote!(#current_of(&#guard))
}

/// The expression that starts the span of `site` and makes it current.
pub(super) fn enter(runtime: &Runtime, model: &Span, site: &TokenStream) -> TokenStream {
    match parent_closure(runtime, &model.parent) {
        None => {
            let enter = runtime.private("enter");
            quote!(#enter(#site))
        }
        Some(parent) => {
            let enter = runtime.private("enter_under");
            quote!(#enter(#site, #parent))
        }
    }
}
