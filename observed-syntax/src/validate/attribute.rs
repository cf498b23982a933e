//! R1, R8, R9: the entries of `attrs(...)`.

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Expr, Lit, Member};

use super::alias::Alias;
use super::{expression, name, privacy, secret};
use crate::model::{Attribute, Reading};
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
            is_not_pii,
            value,
        } = unwrapped(&entry.value, diagnostics);
        expression::cannot_steer(value, diagnostics);
        is_not_self(value, diagnostics);
        secret::is_not_exposed(value, diagnostics);
        let Some(key) = key_of(entry, value, diagnostics) else {
            continue;
        };
        let suspicion = if is_not_pii {
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
        attributes.push(Attribute {
            key,
            reading,
            value: value.clone(),
            suspicion,
        });
    }
    attributes
}

/// An expression without the wrappers that were written around it.
struct Unwrapped<'a> {
    reading: Reading,
    /// Whether it was said to be harmless.
    is_not_pii: bool,
    value: &'a Expr,
}

/// Takes `not_pii(expr, "reason")` off, and what `public(...)` and its kin say of the rest.
fn unwrapped<'a>(written: &'a Expr, diagnostics: &mut Diagnostics) -> Unwrapped<'a> {
    let Some(call) = call_of(written, NOT_PII) else {
        let (reading, value) = read_wrapper(written, diagnostics);
        return Unwrapped {
            reading,
            is_not_pii: false,
            value,
        };
    };
    let has_reason = matches!(call.args.get(1), Some(Expr::Lit(literal))
        if matches!(&literal.lit, Lit::Str(reason) if !reason.value().trim().is_empty()));
    if call.args.len() != 2 || !has_reason {
        let message = "`not_pii` takes an expression and the reason why it is no personal data: \
                       not_pii(order.address, \"the shelf in the warehouse\")";
        diagnostics.report(Rule::NotPiiReason, call, message);
    }
    let (reading, value) = read_wrapper(call.args.first().unwrap_or(written), diagnostics);
    Unwrapped {
        reading,
        is_not_pii: true,
        value,
    }
}

/// Overrides the dictionary for one attribute.
const NOT_PII: &str = "not_pii";

fn call_of<'a>(value: &'a Expr, name: &str) -> Option<&'a syn::ExprCall> {
    match value {
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident(name)) => {
            Some(call)
        }
        _ => None,
    }
}

/// Takes a wrapper off an expression.
fn read_wrapper<'a>(value: &'a Expr, diagnostics: &mut Diagnostics) -> (Reading, &'a Expr) {
    let Some((wrapper, reading, call)) = wrapper_of(value) else {
        return (Reading::Plain, value);
    };
    if call.args.len() != 1 {
        let message = format_args!("`{wrapper}` takes one expression: {wrapper}(order.action)");
        diagnostics.report(Rule::WrapperArity, call, message);
        return (reading, value);
    }
    let inside = &call.args[0];
    let nested = wrapper_of(inside).map(|(wrapper, ..)| wrapper);
    if let Some(nested) = nested.or(call_of(inside, NOT_PII).map(|_| NOT_PII)) {
        let message = format_args!(
            "`{nested}` inside `{wrapper}`: keep one of them; `not_pii` stands outside"
        );
        diagnostics.report(Rule::WrapperNesting, inside, message);
    }
    (reading, inside)
}

fn wrapper_of(value: &Expr) -> Option<(&'static str, Reading, &syn::ExprCall)> {
    Reading::WRAPPERS
        .iter()
        .find_map(|(wrapper, reading)| Some((*wrapper, *reading, call_of(value, wrapper)?)))
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

/// `order.total` for the place `order.total`, `tier` for `self.tier`; nothing for any other expression.
fn place_key(place: &Expr) -> Option<String> {
    match place {
        Expr::Path(path) => {
            let ident = path.path.get_ident().filter(|ident| *ident != "self")?;
            Some(ident.unraw().to_string())
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
        let message = format_args!("key `{key}` is recorded twice; keep one or rename it");
        diagnostics.report(Rule::DuplicateKey, tokens, message);
    }
}
