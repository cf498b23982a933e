//! The variables that texts show by name: `format!("<{email}>")`.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{LitStr, Macro};

use crate::tokens;

/// Lists them, with the text to point at. Of what stands in `attrs(...)` none can be a macro.
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
