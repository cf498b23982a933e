//! The attributes of items: annotations, of `cfg_attr` too, and conditions.

use observed_syntax::fingerprint::canonical;
use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Meta, Path, Token};

use super::Visitor;
use crate::source::items::is_elsewhere;
use crate::source::names::Macro;

/// One `#[observed(..)]`.
pub(super) struct Annotation {
    pub(super) arguments: TokenStream,
    pub(super) span: Span,
    /// The conditions of the `cfg_attr` around it.
    pub(super) cfg: Vec<String>,
}

impl Visitor<'_> {
    /// Lists the annotations among some attributes.
    pub(super) fn annotations(&self, attrs: &[Attribute]) -> Vec<Annotation> {
        let mut found = Vec::new();
        for attribute in attrs {
            self.annotation(&attribute.meta, &mut Vec::new(), &mut found);
        }
        found
    }

    pub(super) fn is_annotation(&self, attribute: &Attribute) -> bool {
        !self.annotations(std::slice::from_ref(attribute)).is_empty()
    }

    fn annotation(&self, meta: &Meta, cfg: &mut Vec<String>, found: &mut Vec<Annotation>) {
        if let Meta::List(list) = meta
            && list.path.is_ident("cfg_attr")
        {
            let metas = Punctuated::<Meta, Token![,]>::parse_terminated;
            let metas = metas.parse2(list.tokens.clone()).unwrap_or_default();
            let mut metas = metas.into_iter();
            cfg.extend(
                metas
                    .next()
                    .map(|condition| canonical(quote::quote!(#condition))),
            );
            for meta in metas {
                self.annotation(&meta, cfg, found);
            }
            cfg.pop();
            return;
        }
        let path = meta.path();
        if self.setting.names.last_of(path) == Some(Macro::Observed) && self.is_ours(path) {
            found.push(Annotation {
                arguments: match meta {
                    Meta::List(list) => list.tokens.clone(),
                    _ => TokenStream::new(),
                },
                span: path.span(),
                cfg: cfg.clone(),
            });
        }
    }

    /// Whether a path leads to the toolkit: a name that was imported from elsewhere does not.
    pub(super) fn is_ours(&self, path: &Path) -> bool {
        let first = path.segments.first().map(|it| it.ident.unraw().to_string());
        let Some(first) = first else { return false };
        let imported = self
            .read
            .imports
            .iter()
            .find(|it| it.name == first && it.module == self.module);
        let first = match imported.and_then(|it| it.target.first()) {
            Some(target) => target,
            None if path.segments.len() == 1 => return true,
            None => &first,
        };
        self.setting.known_crates.contains(first) || !is_elsewhere(first)
    }
}
