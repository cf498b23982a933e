//! R10: the names behind what a body records as text: of the places that its locals were made of, of what selects them, and
//! of the parameters' types. The names in the recorded expression itself are judged where it stands.

use std::collections::HashSet;

use syn::Expr;

use super::carried::carried;
use super::kinds::Shown;
use super::named::{Named, aliased};
use super::report_text;
use crate::Diagnostics;
use crate::function::Function;
use crate::model::Reading;
use crate::parse::Record;
use crate::validate::alias::{Alias, StandsFor};
use crate::validate::local::{self, Origins};
use crate::validate::recorded;
use crate::validate::unwrapped::unwrapped;

/// Reports the names of the dictionary behind the texts that a body records.
pub(in crate::validate) fn followed_names_are_judged(
    function: &Function,
    records: &[Record],
    aliases: &[Alias],
    diagnostics: &mut Diagnostics,
) {
    let mut texts = Vec::new();
    let mut names = Vec::new();
    for entry in recorded::entries(records) {
        // A wrapper that is written wrongly is reported where it stands.
        let recorded = unwrapped(&entry.value, &mut Diagnostics::default());
        match recorded.reading {
            _ if recorded.not_pii.is_some() => {}
            Reading::Public | Reading::PublicDisplay => texts.push(recorded.value),
            Reading::PublicStatic => names.push(recorded.value),
            Reading::Plain => {}
        }
    }
    let mut told = HashSet::new();
    for (kind, values) in [(Shown::Text, texts), (Shown::Name, names)] {
        let origins = local::origins(function, &values);
        for named in behind(&values, &origins, aliases) {
            let may_leave = named.hit.is_vague() || kind.may_leave(&named.hit);
            if !may_leave && told.insert(named.name.clone()) {
                report_text(&named, diagnostics);
            }
        }
    }
}

fn behind(values: &[&Expr], origins: &Origins, aliases: &[Alias]) -> Vec<Named> {
    let visible = aliases.iter().filter(|it| !origins.hides(&it.binding));
    let (fields, types): (Vec<Alias>, Vec<Alias>) = visible
        .cloned()
        .partition(|it| matches!(it.stands_for, StandsFor::Field(_)));
    let taken: Vec<Expr> = origins.taken.iter().cloned().map(Expr::Field).collect();
    let wholes = values.iter().copied().chain(&origins.whole);
    let mut named: Vec<Named> = wholes.flat_map(|value| aliased(value, &types)).collect();
    // What a function made of a field is another value.
    let parts = values.iter().copied().chain(&origins.sources);
    named.extend(parts.flat_map(|part| aliased(part, &fields)));
    for source in origins.whole.iter().chain(&taken) {
        named.extend(carried(source).iter().filter_map(|it| match &it.selector {
            Some(selector) => Named::selected(selector),
            None => Named::find(&it.name, &it.tokens),
        }));
    }
    named
}
