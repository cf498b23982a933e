//! What the body of an annotated function records by itself: `observed_span!(..)`, `observed_event!(..)`,
//! `observed_record!(..)`.
//!
//! The body is looked through, and nothing in it is changed.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;

use super::arguments::{self, Arguments};
use super::form::Form;
use super::record::{self, Recording};
use crate::Diagnostics;

/// One record of a body; it reports its own mistakes where it stands.
pub enum Record {
    /// The arguments of `observed_span!(..)` or `observed_event!(..)`.
    Macro(Box<Arguments>),
    /// The arguments of `observed_record!(..)`.
    Late(Recording),
}

/// Looks through a body, however deep, for what it records.
#[must_use]
pub fn records(body: TokenStream) -> Vec<Record> {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let mut found = Vec::new();
    for (position, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let mut ignored = Diagnostics::default();
        match macro_before(&tokens[..position]).as_deref() {
            Some("observed_span") => found.push(Record::Macro(Box::new(arguments::arguments(
                group.stream(),
                Form::Span,
                &mut ignored,
            )))),
            Some("observed_event") => found.push(Record::Macro(Box::new(arguments::arguments(
                group.stream(),
                Form::Event,
                &mut ignored,
            )))),
            Some("observed_record") => {
                found.push(Record::Late(record::recording(
                    group.stream(),
                    &mut ignored,
                )));
            }
            _ => found.extend(records(group.stream())),
        }
    }
    found
}

fn macro_before(before: &[TokenTree]) -> Option<String> {
    match before {
        [.., TokenTree::Ident(name), TokenTree::Punct(bang)] if bang.as_char() == '!' => {
            Some(name.unraw().to_string())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens, quote};

    use super::*;

    /// The expressions that `body` records.
    fn found(body: TokenStream) -> Vec<String> {
        records(body).iter().map(shown).collect()
    }

    fn shown(record: &Record) -> String {
        let entries = match record {
            Record::Macro(arguments) => arguments.attrs.get().map_or(&[][..], Vec::as_slice),
            Record::Late(recording) => &recording.entries,
        };
        let values = entries.iter().map(|entry| entry.value.to_token_stream());
        values.map(|value| value.to_string()).collect()
    }

    #[test]
    fn records_are_found_however_deep() {
        let body = quote! {
            let _span = observed_span!(name = "a", attrs(first));
            if x { loop { facade::observed_event!(name = "b", attrs(second)) } }
            rows.map(|row| observed_record!(crate = facade, row.last = third));
            other_macro!(not_this);
        };
        assert_eq!(found(body), ["first", "second", "third"]);
    }
}
