//! The names that an expression is judged by.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Expr, LitStr};

use super::selector::selectors;
use crate::dictionary::{self, Hit};
use crate::tokens::idents;
use crate::validate::alias::{Alias, StandsFor};
use crate::validate::chain::chains;

/// A name that stands for personal data or a credential.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) tokens: TokenStream,
    pub(super) hit: Hit,
}

impl Named {
    pub(super) fn find(name: &str, tokens: impl ToTokens) -> Option<Self> {
        let hit = dictionary::find(name)?;
        Some(Self {
            name: name.to_owned(),
            tokens: tokens.to_token_stream(),
            hit,
        })
    }

    /// What a text selects.
    pub(super) fn selected(literal: &LitStr) -> Option<Self> {
        let name = literal.value();
        Some(Self {
            hit: dictionary::find_selected(&name)?,
            tokens: literal.to_token_stream(),
            name,
        })
    }
}

/// The names of an expression: its chains whole, so that `email.template.id` is one name, and what is in no chain.
pub(super) fn named_in(value: &Expr, aliases: &[Alias]) -> Vec<Named> {
    let chains = chains(value);
    let whole = chains
        .iter()
        .filter_map(|chain| Named::find(&chain.names.join("."), chain.whole));
    let mut named: Vec<Named> = whole.collect();
    let in_chains: Vec<&String> = chains.iter().flat_map(|chain| &chain.names).collect();
    let idents = idents(value.to_token_stream());
    let written = names_of(&idents);
    for (ident, name) in idents.iter().zip(&written) {
        if !in_chains.contains(&name) {
            named.extend(Named::find(name, ident));
        }
    }
    named.extend(selectors(value).filter_map(|literal| Named::selected(&literal)));
    named.extend(aliased_among(&written, value, aliases));
    named
}

fn names_of(idents: &[Ident]) -> Vec<String> {
    idents
        .iter()
        .map(|ident| ident.unraw().to_string())
        .collect()
}

/// What the value stands for by its parameter: a field under another name, or, where the whole of it is recorded, its type.
pub(super) fn aliased(value: &Expr, aliases: &[Alias]) -> Vec<Named> {
    aliased_among(&names_of(&idents(value.to_token_stream())), value, aliases)
}

/// The same for who has the value's names.
fn aliased_among(names: &[String], value: &Expr, aliases: &[Alias]) -> Vec<Named> {
    let whole = whole_name(value);
    let stands_for = aliases
        .iter()
        .filter(|alias| names.contains(&alias.binding));
    let found = stands_for.filter_map(|alias| {
        let (name, hit) = match &alias.stands_for {
            StandsFor::Field(field) if *field != alias.binding => (field, dictionary::find(field)?),
            StandsFor::Type(ty) if whole.as_ref() == Some(&alias.binding) => {
                (ty, dictionary::find_at_end(ty)?)
            }
            _ => return None,
        };
        Some(Named {
            name: name.clone(),
            tokens: value.to_token_stream(),
            hit,
        })
    });
    found.filter(|named| !named.hit.is_vague()).collect()
}

/// The variable that is recorded as it is, through references and conversions.
fn whole_name(value: &Expr) -> Option<String> {
    match value {
        Expr::Path(path) => Some(path.path.get_ident()?.unraw().to_string()),
        Expr::Reference(it) => whole_name(&it.expr),
        Expr::Paren(it) => whole_name(&it.expr),
        Expr::Group(it) => whole_name(&it.expr),
        Expr::Unary(it) => whole_name(&it.expr),
        Expr::Cast(it) => whole_name(&it.expr),
        Expr::MethodCall(it)
            if it.args.is_empty()
                && [
                    "as_str",
                    "as_ref",
                    "to_string",
                    "to_owned",
                    "clone",
                    "as_deref",
                    "get",
                ]
                .contains(&it.method.to_string().as_str()) =>
        {
            whole_name(&it.receiver)
        }
        _ => None,
    }
}
