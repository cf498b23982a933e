//! R1, R8, R9: the entries of `attrs(...)`.

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Expr, Member};

use super::alias::Alias;
use super::unwrapped::{Unwrapped, unwrapped};
use super::{conventional, expression, name, privacy, secret};
use crate::model::{Attribute, Conventional};
use crate::parse::AttributeEntry;
use crate::{Diagnostics, Rule};

/// The attributes that are valid; the others are reported.
pub(super) fn checked(
    entries: &[AttributeEntry],
    aliases: &[Alias],
    diagnostics: &mut Diagnostics,
) -> Vec<Attribute> {
    checked_with(entries, Keys::Written, aliases, diagnostics)
}

/// The same where the keys were declared elsewhere, and judged there.
pub(super) fn declared(
    entries: &[AttributeEntry],
    diagnostics: &mut Diagnostics,
) -> Vec<Attribute> {
    checked_with(entries, Keys::Declared, &[], diagnostics)
}

/// Where the keys of attributes come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    Written,
    Declared,
}

fn checked_with(
    entries: &[AttributeEntry],
    keys: Keys,
    aliases: &[Alias],
    diagnostics: &mut Diagnostics,
) -> Vec<Attribute> {
    let mut attributes: Vec<Attribute> = Vec::new();
    for entry in entries {
        let Unwrapped {
            reading,
            not_pii,
            value,
        } = unwrapped(&entry.value, diagnostics);
        expression::cannot_steer(value, diagnostics);
        is_not_self(value, diagnostics);
        secret::is_not_exposed(value, diagnostics);
        let Some(key) = key_of(entry, value, diagnostics) else {
            continue;
        };
        let suspicion = if not_pii.is_some() {
            None
        } else {
            let written = entry.key.as_ref().filter(|_| keys == Keys::Written);
            let written = written.map(|written| (written.text.as_str(), &written.tokens));
            privacy::judged(written, value, reading, aliases, diagnostics)
        };
        privacy::has_no_personal_literal(&key, value, diagnostics);
        let known = attributes.iter().map(|earlier| &earlier.key);
        match &entry.key {
            Some(written) => is_new_key(&key, known, &written.tokens, diagnostics),
            None => is_new_key(&key, known, &entry.value, diagnostics),
        }
        let conventional = match (keys, &entry.key) {
            (Keys::Declared, _) => Conventional::default(),
            (Keys::Written, Some(written)) => {
                conventional::judged(&key, &written.tokens, value, reading, diagnostics)
            }
            (Keys::Written, None) => {
                let place = entry.value.to_token_stream();
                conventional::judged(&key, &place, value, reading, diagnostics)
            }
        };
        attributes.push(Attribute {
            key,
            reading,
            value: value.clone(),
            not_pii,
            suspicion,
            conventional,
        });
    }
    attributes
}

/// R1: a whole `self` is not something that was named.
fn is_not_self(value: &Expr, diagnostics: &mut Diagnostics) {
    if matches!(value, Expr::Path(path) if path.path.is_ident("self")) {
        let message = "the whole `self` cannot be recorded; name one field: attrs(self.tier)";
        diagnostics.report(Rule::WholeSelf, value, message);
    }
}

/// The key that was written, or the one that a bare place stands for.
fn key_of(entry: &AttributeEntry, value: &Expr, diagnostics: &mut Diagnostics) -> Option<String> {
    if let Some(key) = &entry.key {
        name::check_key(&key.text, &key.tokens, diagnostics);
        return Some(key.text.clone());
    }
    let Some(key) = place_key(value) else {
        if !matches!(value, Expr::Path(path) if path.path.is_ident("self")) {
            let message = "this expression needs a key: write key = expression, such as \
                           order.lines = order.lines.len()";
            diagnostics.report(Rule::KeyNeeded, value, message);
        }
        return None;
    };
    name::check_key(&key, value, diagnostics);
    Some(key)
}

/// `order.total` for the place `order.total` and for `_order.total`, `tier` for `self.tier`; nothing for any other expression.
fn place_key(place: &Expr) -> Option<String> {
    match place {
        Expr::Path(path) => {
            let ident = path.path.get_ident().filter(|ident| *ident != "self")?;
            let name = ident.unraw().to_string();
            // The name of a parameter that nothing but the annotation uses.
            Some(name.trim_start_matches('_').to_owned())
        }
        Expr::Field(field) => {
            let Member::Named(member) = &field.member else {
                return None;
            };
            let member = member.unraw().to_string();
            match &*field.base {
                Expr::Path(path) if path.path.is_ident("self") => Some(member),
                base => Some(format!("{}.{member}", place_key(base)?)),
            }
        }
        _ => None,
    }
}

/// R1: a key is recorded once.
pub(super) fn is_new_key<'a>(
    key: &str,
    mut known: impl Iterator<Item = &'a String>,
    tokens: impl ToTokens,
    diagnostics: &mut Diagnostics,
) {
    if known.any(|earlier| earlier == key) {
        let message = format!("key `{key}` is recorded twice; keep one or rename it");
        diagnostics.report(Rule::DuplicateKey, tokens, message);
    }
}
