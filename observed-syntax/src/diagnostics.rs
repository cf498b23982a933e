//! Collects the mistakes of one annotation, so that one build reports all of them.

use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::Rule;

/// Accumulates errors; each is attached to the tokens that are wrong, never to a bare span.
#[derive(Debug, Default)]
pub struct Diagnostics {
    errors: Option<syn::Error>,
}

impl Diagnostics {
    /// Reports a broken rule on the tokens that break it.
    pub fn report(&mut self, rule: Rule, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.merge(rule.broken(tokens, message));
    }

    /// Reports something that is missing altogether: there is no token to point at.
    pub fn report_missing(&mut self, rule: Rule, message: impl std::fmt::Display) {
        let site = proc_macro2::Span::call_site();
        self.merge(syn::Error::new(site, format!("{message} [{}]", rule.id())));
    }

    /// Takes over an error that a parser found.
    pub fn merge(&mut self, error: syn::Error) {
        match &mut self.errors {
            Some(errors) => errors.combine(error),
            None => self.errors = Some(error),
        }
    }

    /// Counts the mistakes so far.
    #[must_use]
    pub fn count(&self) -> usize {
        self.errors
            .iter()
            .flat_map(|errors| errors.clone().into_iter())
            .count()
    }

    /// Returns true as long as nothing was reported.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.errors.is_none()
    }

    /// Gives the mistakes as `compile_error!` invocations, or nothing.
    #[must_use]
    pub fn into_tokens(self) -> TokenStream {
        self.errors
            .map(syn::Error::into_compile_error)
            .unwrap_or_default()
    }

    /// Gives the mistakes one by one, each with its place.
    #[must_use]
    pub fn into_errors(self) -> Vec<syn::Error> {
        self.errors.into_iter().flatten().collect()
    }

    /// Lists the messages, in the order in which they were reported.
    #[must_use]
    pub fn messages(&self) -> Vec<String> {
        self.errors
            .iter()
            .flat_map(|errors| errors.clone().into_iter())
            .map(|error| error.to_string())
            .collect()
    }
}
