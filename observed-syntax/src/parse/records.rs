//! What the body of an annotated function may record by itself: `observed_span!(..)`, `observed_event!(..)`, and the
//! calls of `set` on what has the name of a late attribute's handle; the rules know which of these handles there are.
//!
//! The body is looked through, and nothing in it is changed. Of expressions only those are parsed that may be recorded.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, Token};

use super::arguments::{self, Arguments};
use super::form::Form;
use super::late::LateEntry;
use crate::{Diagnostics, tokens};

/// What may be recorded somewhere in a body.
pub enum Record {
    /// The arguments of `observed_span!(..)` or `observed_event!(..)`, which reports its own mistakes.
    Macro(Box<Arguments>),
    /// A call of `set` on what may be a handle.
    Set(SetCall),
}

/// `value.set(..)`, or `Type::set(value, ..)`.
pub struct SetCall {
    /// The names of handles that stand before the dot or in the parentheses.
    pub receivers: Vec<Ident>,
    /// The arguments, as far as they can be read.
    pub given: Vec<Expr>,
    /// What the arguments may record if there is no such handle.
    pub inside: Vec<Record>,
}

/// Looks through a body, however deep, for what it may record with the late attributes of its annotation.
#[must_use]
pub fn records(body: TokenStream, annotation: &Arguments) -> Vec<Record> {
    let late = annotation.late.get().into_iter().flatten();
    let handles: Vec<String> = late.map(LateEntry::handle_name).collect();
    records_with(body, &handles)
}

fn records_with(body: TokenStream, handles: &[String]) -> Vec<Record> {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let mut found = Vec::new();
    for (position, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let before = &tokens[..position];
        if let Some(form) = macro_before(before) {
            let mut ignored = Diagnostics::default();
            let arguments = arguments::arguments(group.stream(), form, &mut ignored);
            found.push(Record::Macro(Box::new(arguments)));
        } else if let Some(receivers) = receivers_of_set(before, group, handles) {
            found.push(Record::Set(SetCall {
                receivers,
                given: expressions(group.stream()),
                inside: records_with(group.stream(), handles),
            }));
        } else {
            found.extend(records_with(group.stream(), handles));
        }
    }
    found
}

fn macro_before(before: &[TokenTree]) -> Option<Form> {
    let [.., TokenTree::Ident(name), TokenTree::Punct(bang)] = before else {
        return None;
    };
    let name = name.unraw();
    match bang.as_char() {
        '!' if name == "observed_span" => Some(Form::Span),
        '!' if name == "observed_event" => Some(Form::Event),
        _ => None,
    }
}

/// Returns the names of handles on which `set` may be called with `arguments`, unless there are none.
fn receivers_of_set(
    before: &[TokenTree],
    arguments: &Group,
    handles: &[String],
) -> Option<Vec<Ident>> {
    let [before @ .., TokenTree::Punct(punct), TokenTree::Ident(set)] = before else {
        return None;
    };
    if set.unraw() != "set" {
        return None;
    }
    let mut receivers = match (punct.as_char(), before) {
        ('.', [.., TokenTree::Ident(value)]) => vec![value.clone()],
        (':', _) => tokens::idents(arguments.stream()),
        _ => return None,
    };
    receivers.retain(|name| handles.iter().any(|handle| name.unraw() == handle));
    (!receivers.is_empty()).then_some(receivers)
}

fn expressions(tokens: TokenStream) -> Vec<Expr> {
    Punctuated::<Expr, Token![,]>::parse_terminated
        .parse2(tokens)
        .map(|expressions| expressions.into_iter().collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens, quote};

    use super::*;

    /// What is found in `body`, late attributes by `set` and the rest by its attributes.
    fn found(body: TokenStream) -> Vec<String> {
        let late = quote!(late(rows: u64, order.cents: u64, last @ "table.last": u64));
        let annotation = arguments::arguments(late, Form::Attribute, &mut Diagnostics::default());
        records(body, &annotation).iter().map(shown).collect()
    }

    fn shown(record: &Record) -> String {
        match record {
            Record::Macro(arguments) => {
                let entries = arguments.attrs.get().into_iter().flatten();
                entries.map(|entry| text(&entry.value)).collect()
            }
            Record::Set(call) => {
                let given: String = call.given.iter().map(text).collect();
                let inside: String = call.inside.iter().map(shown).collect();
                format!("set {} [{inside}]", given.replace(' ', ""))
            }
        }
    }

    fn text(expression: &Expr) -> String {
        expression.to_token_stream().to_string()
    }

    #[test]
    fn spans_and_events_are_found_however_deep() {
        let body = quote! {
            let _span = observed_span!(name = "a", attrs(first));
            if x { loop { facade::observed_event!(name = "b", attrs(second)) } }
            other_macro!(not_this);
        };
        assert_eq!(found(body), ["first", "second"]);
    }

    #[test]
    fn only_calls_of_set_that_name_a_handle_are_found() {
        let body = quote! {
            rows.set(table.len());
            order_cents.set(5);
            Late::set(&last, 7);
            cell.set(1);
            Cell::set(&cell, 2);
            rows.get(3);
        };
        assert_eq!(
            found(body),
            ["set table.len() []", "set 5 []", "set &last7 []"]
        );
    }

    #[test]
    fn what_is_set_is_looked_through_too() {
        let body = quote! {
            cell.set({ observed_event!(name = "a", attrs(first)); 1 });
            rows.set({ observed_event!(name = "b", attrs(second)); 2 });
        };
        let given = "set {observed_event!(name=\"b\",attrs(second));2} [second]";
        assert_eq!(found(body), ["first", given]);
    }
}
