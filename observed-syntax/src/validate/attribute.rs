//! R1, R8, R9: the entries of `attrs(...)`.

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Expr, Lit, Member};

use super::{expression, name, privacy};
use crate::model::{Attribute, Reading};
use crate::parse::AttributeEntry;
use crate::{Diagnostics, Rule};

/// The attributes that are valid; the others are reported.
pub(super) fn checked(entries: &[AttributeEntry], diagnostics: &mut Diagnostics) -> Vec<Attribute> {
    let mut attributes: Vec<Attribute> = Vec::new();
    for entry in entries {
        let (not_pii, value) = read_not_pii(&entry.value, diagnostics);
        let (reading, value) = read_word(value, diagnostics);
        expression::cannot_steer(value, diagnostics);
        is_not_self(value, diagnostics);
        privacy::keeps_secrets_wrapped(value, diagnostics);
        let Some(key) = key_of(entry, value, diagnostics) else {
            continue;
        };
        if !not_pii {
            let written = entry.key.as_ref().map(|key| &key.tokens);
            privacy::has_no_personal_name(&key, written, value, diagnostics);
        }
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
        });
    }
    attributes
}

/// Takes `not_pii(expr, "reason")` off an expression.
fn read_not_pii<'a>(value: &'a Expr, diagnostics: &mut Diagnostics) -> (bool, &'a Expr) {
    let Some(call) = call_of(value, NOT_PII) else {
        return (false, value);
    };
    let has_reason = matches!(call.args.get(1), Some(Expr::Lit(literal))
        if matches!(&literal.lit, Lit::Str(reason) if !reason.value().trim().is_empty()));
    if call.args.len() != 2 || !has_reason {
        let message = "`not_pii` takes an expression and the reason why it is no personal data: \
                       not_pii(order.address, \"the shelf in the warehouse\")";
        diagnostics.report(Rule::NotPiiReason, call, message);
    }
    (true, call.args.first().unwrap_or(value))
}

/// Overrides the dictionary for one attribute.
const NOT_PII: &str = "not_pii";

fn call_of<'a>(value: &'a Expr, word: &str) -> Option<&'a syn::ExprCall> {
    match value {
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident(word)) => {
            Some(call)
        }
        _ => None,
    }
}

/// Takes the word of the grammar (`public(...)` and its kin) off an expression.
fn read_word<'a>(value: &'a Expr, diagnostics: &mut Diagnostics) -> (Reading, &'a Expr) {
    let Some((word, reading, call)) = word_call(value) else {
        return (Reading::Plain, value);
    };
    if call.args.len() != 1 {
        let message = format_args!("`{word}` takes one expression: {word}(order.action)");
        diagnostics.report(Rule::WordArity, call, message);
        return (reading, value);
    }
    let inner = &call.args[0];
    let nested = word_call(inner).map(|(word, ..)| word);
    if let Some(inner_word) = nested.or(call_of(inner, NOT_PII).map(|_| NOT_PII)) {
        let message = format_args!(
            "`{inner_word}` inside `{word}`: keep one of them; `not_pii` stands outside"
        );
        diagnostics.report(Rule::WordNesting, inner, message);
    }
    (reading, inner)
}

fn word_call(value: &Expr) -> Option<(&'static str, Reading, &syn::ExprCall)> {
    Reading::WORDS
        .iter()
        .find_map(|(word, reading)| Some((*word, *reading, call_of(value, word)?)))
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
