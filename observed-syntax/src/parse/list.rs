//! Comma-separated entries, each read on its own, so that one mistake does not hide the next.

use proc_macro2::TokenStream;
use syn::Token;
use syn::parse::{ParseStream, Parser};

use super::cursor::{next_token, skip_entry};
use super::unread::{Unread, rest_of_entry};
use crate::{Diagnostics, Rule};

/// What the entries of a list are.
#[derive(Clone, Copy)]
pub(super) struct Entries {
    /// What one is called.
    pub(super) what: &'static str,
    /// One as it may be written.
    pub(super) example: &'static str,
}

/// Reads all entries of `content`; one that cannot be read is reported and skipped.
pub(super) fn entries<T>(
    content: TokenStream,
    Entries { what, example }: Entries,
    diagnostics: &mut Diagnostics,
    entry: impl Fn(ParseStream<'_>) -> Result<T, Unread>,
) -> Vec<T> {
    let mut entries = Vec::new();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            let whole = input.fork();
            match entry(input) {
                Ok(read) => {
                    entries.push(read);
                    if !input.is_empty() && input.parse::<Token![,]>().is_err() {
                        let message = format!("expected `,` before the next {what}");
                        diagnostics.report(Rule::MalformedArgument, next_token(input), message);
                        skip_entry(input);
                    }
                }
                Err(error) => {
                    let written = format!("write the {what} as {example}");
                    error.report(rest_of_entry(&whole), &written, diagnostics);
                    skip_entry(input);
                }
            }
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(content) {
        diagnostics.merge(error);
    }
    entries
}
