//! What a span is given once it is current: attributes, links, and what late attributes are recorded by.

use observed_syntax::model::{ObservedFn, Parent, Route, Span};
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::names::{self, Runtime};
use super::{attributes, late};

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
/// let late = current.record(..).link(..).late(); macro_rules! late { .. }
/// ```
pub(super) fn statements(
    runtime: &Runtime,
    model: &Span,
    function: Option<&ObservedFn>,
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
    let declared = function.map_or(&[][..], |function| &function.late);
    if !declared.is_empty() {
        let late = quote!(#current #chain.late());
        return late::recorder(runtime, &late, declared, model.attributes.len());
    }
    let undeclared = function
        .filter(|function| function.records_late)
        .map(|_| late::undeclared(runtime));
    if chain.is_empty() {
        quote!(#undeclared)
    } else {
        quote!(#current #chain.done(); #undeclared)
    }
}

/// `&|| links(expr)`
pub(super) fn links_closure(runtime: &Runtime, links: &syn::Expr) -> TokenStream {
    let function = runtime.private_at("links", names::at(links));
    quote!(&|| #function(#links))
}

/// `&|| parent(expr)`
pub(super) fn parent_closure(runtime: &Runtime, parent: &syn::Expr) -> TokenStream {
    let checked = runtime.private_at("parent", names::at(parent));
    quote!(&|| #checked(#parent))
}

/// `&|| named(&method, template)`
pub(super) fn name_closure(runtime: &Runtime, route: &Route) -> TokenStream {
    let Route { method, template } = route;
    let named = runtime.private_at("named", names::at(template));
    let method = quote_spanned!(names::at(method)=> &#method);
    quote!(&|| #named(#method, #template))
}

/// A dead statement that uses what the name is made of: bound again in an inner block, an argument that nothing else uses would
/// be reported as unused, and only where spans are recorded.
pub(super) fn name_used(runtime: &Runtime, model: &Span) -> Option<TokenStream> {
    let route = model.route.as_ref()?;
    let (check, name) = (runtime.private("check_name"), name_closure(runtime, route));
    Some(quote!(if false { #check(#name); }))
}

/// The site of a span: of a request the one that was made for its name.
pub(super) fn named_site(runtime: &Runtime, model: &Span, site: &TokenStream) -> TokenStream {
    model.route.as_ref().map_or_else(
        || site.clone(),
        |route| {
            let (function, name) = (runtime.private("route"), name_closure(runtime, route));
            quote!(#function(#site, #name))
        },
    )
}

/// The start of the span of `site`, with its attributes where nothing comes before them: the parent's expression does.
pub(super) fn enter_with(runtime: &Runtime, model: &Span, site: &TokenStream) -> Entry {
    if model.attributes.is_empty() || !matches!(model.parent, Parent::Current) {
        return Entry {
            enter: enter(runtime, model, site),
            attributes: Attributes::AfterEntry,
        };
    }
    let site = &named_site(runtime, model, site);
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
    let site = named_site(runtime, model, site);
    match &model.parent {
        Parent::Current => {
            let enter = runtime.private("enter");
            quote!(#enter(#site))
        }
        Parent::Root => {
            let enter = runtime.private("enter_root");
            quote!(#enter(#site))
        }
        Parent::Given(parent) => {
            let (enter, parent) = (
                runtime.private("enter_under"),
                parent_closure(runtime, parent),
            );
            quote!(#enter(#site, #parent))
        }
    }
}
