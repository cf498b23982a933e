//! The cursor of a reader: the token ahead, and the way over an entry that cannot be read.

use proc_macro2::{TokenStream, TokenTree};
use syn::Token;
use syn::parse::ParseStream;

/// Returns the token ahead, to point at; at the end of the input there is none and the whole argument is meant.
pub(super) fn next_token(input: ParseStream<'_>) -> TokenStream {
    input
        .fork()
        .parse::<TokenTree>()
        .map(TokenStream::from)
        .unwrap_or_default()
}

/// Skips to the comma that ends the present entry, and over it.
pub(super) fn skip_entry(input: ParseStream<'_>) {
    while !input.is_empty() {
        if input.parse::<Token![,]>().is_ok() {
            return;
        }
        // Any token tree can be parsed; the result only moves the cursor.
        let _ = input.parse::<TokenTree>();
    }
}
