//! Reads the arguments of an annotation, spans included; it asks only whether they can be read.

mod arguments;
mod attributes;
mod keyword;
mod late;
mod list;
mod read;
mod slot;

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};

pub use arguments::{Arguments, ErrArgument, Form};
pub use attributes::{AttributeEntry, Key};
pub use late::{LateEntry, LateType};
pub use slot::Slot;

use crate::Diagnostics;

/// Reads the arguments written in `form`; what could not be read is reported and skipped, never guessed.
pub fn arguments(tokens: TokenStream, form: Form, diagnostics: &mut Diagnostics) -> Arguments {
    let mut arguments = Arguments::default();
    let parser = |input: ParseStream<'_>| {
        arguments.read(input, form, diagnostics);
        Ok(())
    };
    if let Err(error) = parser.parse2(tokens) {
        diagnostics.merge(error);
    }
    arguments
}

/// Skips to the comma that ends the present entry, and over it.
fn skip_entry(input: ParseStream<'_>) {
    while !input.is_empty() {
        if input.parse::<syn::Token![,]>().is_ok() {
            return;
        }
        // Any token tree can be parsed; the result only moves the cursor.
        let _ = input.parse::<proc_macro2::TokenTree>();
    }
}
