//! Tokens as source text, for tests.

use proc_macro2::TokenStream;

/// Prints items.
pub(crate) fn items(tokens: &TokenStream) -> String {
    let file = syn::parse_file(&tokens.to_string()).expect("generated items parse");
    prettyplease::unparse(&file)
}
