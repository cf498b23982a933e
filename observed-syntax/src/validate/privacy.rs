//! R10, R11: names of the dictionary and the kinds of values under them, and literals that look like personal data.

mod carried;
mod followed;
mod kinds;
mod literal;
mod named;
mod selector;
mod shown;

use carried::carried;
pub(super) use followed::followed_names_are_judged;
use kinds::{Shown, kinds, suspicion};
pub(super) use literal::has_no_personal_literal;
use named::{Named, named_in};
use proc_macro2::TokenStream;
use syn::Expr;

use super::alias::Alias;
use crate::model::{Reading, Suspicion};
use crate::parse::LateType;
use crate::{Diagnostics, Rule};

/// R10: what stands before a value of a name of the dictionary: in the written key, in the expression, or both. A text is
/// reported; of another value whose kind does not show the type is asked.
pub(super) fn judged(
    written_key: Option<(&str, &TokenStream)>,
    value: &Expr,
    reading: Reading,
    aliases: &[Alias],
    diagnostics: &mut Diagnostics,
) -> Option<Suspicion> {
    let of_key = written_key.and_then(|(key, tokens)| Named::find(key, tokens));
    // A variable may be called `key` or `body`; what is recorded under that key is another matter.
    let has_key = written_key.is_some();
    let of_value = named_in(value, aliases).into_iter();
    let of_value = of_value.filter(|named| !(has_key && named.hit.is_vague()));
    let kind = Shown::of(value, reading);
    let mut doubts: Vec<Named> = of_key
        .into_iter()
        .chain(of_value)
        .filter(|named| !kind.may_leave(&named.hit))
        .collect();
    if let Shown::Text | Shown::Name = kind {
        if let Some(named) = doubts.into_iter().next() {
            report_text(&named, diagnostics);
        }
        return None;
    }
    // The narrowest question is the one that the type must answer.
    doubts.sort_by_key(|named| kinds(&named.hit).len());
    let narrowest = doubts.into_iter().next()?;
    Some(suspicion(&narrowest.name, &narrowest.hit))
}

/// R10: the key of a late attribute and what is declared for it.
pub(super) fn declared(
    key: &str,
    tokens: &TokenStream,
    ty: &LateType,
    diagnostics: &mut Diagnostics,
) -> Option<Suspicion> {
    let named = Named::find(key, tokens)?;
    match ty {
        LateType::Value(_) if named.hit.is_vague() || named.hit.is_text() => None,
        LateType::Error => None,
        LateType::Value(_) => Some(suspicion(&named.name, &named.hit)),
        LateType::Text => {
            report_text(&named, diagnostics);
            None
        }
    }
}

/// R10: the code of an error is static text, and it arrives as the status. A literal, a constant or a variant is nobody's
/// data; what a field or a method of the error gives is judged by its names.
pub(super) fn code_names_nothing_personal(code: &Expr, diagnostics: &mut Diagnostics) {
    for carried in carried(code) {
        // `error` is the grammar's own name for it.
        let own = carried.name.strip_prefix("error.");
        let name = own.unwrap_or(&carried.name);
        let Some(Named { hit, tokens, .. }) = Named::find(name, &carried.tokens) else {
            continue;
        };
        // A static message or body is no text of anybody; a static part of a name is a code.
        if hit.is_text() || (hit.is_vague() && hit.is_of_conventions()) {
            continue;
        }
        let message = format!(
            "`{}` stands for {} (\"{}\" in the dictionary), and a code is recorded as text; name another one",
            carried.name, hit.group, hit.words
        );
        diagnostics.report(Rule::PersonalName, tokens, message);
    }
}

fn report_text(named: &Named, diagnostics: &mut Diagnostics) {
    let Named { name, tokens, hit } = named;
    let message = format!(
        "`{name}` stands for {} (\"{}\" in the dictionary), and this is text; record something else, or say why it is \
         none: not_pii(expression, \"the reason\")",
        hit.group, hit.words
    );
    diagnostics.report(Rule::PersonalName, tokens, message);
}
