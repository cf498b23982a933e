//! What cannot be read: by a rule that it breaks, or by what the parser says, which names no rule.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Token;
use syn::parse::ParseStream;

use crate::{Diagnostics, Rule};

/// Why an entry was not read.
pub(super) enum Unread {
    /// A message with its rule.
    Told(syn::Error),
    /// What the parser says.
    Parser(syn::Error),
}

impl From<syn::Error> for Unread {
    fn from(error: syn::Error) -> Self {
        Self::Parser(error)
    }
}

impl Unread {
    /// Breaks a rule at some tokens.
    pub(super) fn told(rule: Rule, tokens: impl ToTokens, message: impl std::fmt::Display) -> Self {
        Self::Told(rule.broken(tokens, message))
    }

    /// Reports it; to what the parser says it adds how `written` is written. At the end of the input there is no token to
    /// point at, and the whole of it is meant.
    pub(super) fn report(self, whole: TokenStream, written: &str, diagnostics: &mut Diagnostics) {
        match self {
            Self::Told(error) => diagnostics.merge(error),
            Self::Parser(error) => {
                let message = format!("{error}; {written} [{}]", Rule::MalformedArgument.id());
                let is_at_end = error.to_string().starts_with("unexpected end of input");
                diagnostics.merge(if is_at_end && !whole.is_empty() {
                    syn::Error::new_spanned(whole, message)
                } else {
                    syn::Error::new(error.span(), message)
                });
            }
        }
    }
}

/// The tokens up to the comma that ends the present entry.
pub(super) fn rest_of_entry(input: ParseStream<'_>) -> TokenStream {
    let ahead = input.fork();
    let mut rest = TokenStream::new();
    while !ahead.is_empty() && !ahead.peek(Token![,]) {
        match ahead.parse::<TokenTree>() {
            Ok(token) => rest.extend([token]),
            Err(_) => break,
        }
    }
    rest
}
