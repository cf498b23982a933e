//! The variables that texts show by name: `format!("<{email}>")`.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Expr, LitStr, Macro};

use crate::tokens;

/// The variables that the texts of macros in an expression show: `email` of `format!("<{email}>")`.
pub(super) fn shown_in_macros(value: &Expr) -> Vec<(String, TokenStream)> {
    struct Macros(Vec<(String, TokenStream)>);
    impl Visit<'_> for Macros {
        fn visit_macro(&mut self, text: &Macro) {
            self.0.extend(shown_in(text));
        }
    }
    let mut macros = Macros(Vec::new());
    macros.visit_expr(value);
    macros.0
}

/// The same of one macro.
pub(super) fn shown_in(text: &Macro) -> Vec<(String, TokenStream)> {
    let mut shown = Vec::new();
    for leaf in tokens::leaves(text.tokens.clone()) {
        let TokenTree::Literal(literal) = leaf else {
            continue;
        };
        let Ok(format) = syn::parse2::<LitStr>(TokenTree::from(literal.clone()).into()) else {
            continue;
        };
        for part in format.value().replace("{{", "").split('{').skip(1) {
            let end = part.find(|c: char| !c.is_alphanumeric() && c != '_');
            let name = &part[..end.unwrap_or(part.len())];
            if name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                shown.push((name.to_owned(), literal.to_token_stream()));
            }
        }
    }
    shown
}
