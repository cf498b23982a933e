//! R7: the mark `#[pii]` on a parameter.
//!
//! The compiler knows no such attribute, so every mark is taken off, of a function that could be read and of an item
//! that could not.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::{Attribute, FnArg, Meta, Signature};

use crate::bindings;

/// Takes the marks off and returns what the marked parameters bind.
pub(crate) fn take(signature: &mut Signature) -> Vec<Ident> {
    let mut marked = Vec::new();
    for argument in &mut signature.inputs {
        let attributes = match argument {
            FnArg::Receiver(receiver) => &mut receiver.attrs,
            FnArg::Typed(typed) => &mut typed.attrs,
        };
        let before = attributes.len();
        attributes.retain(|attribute| !is_mark(attribute));
        if attributes.len() < before {
            match argument {
                FnArg::Receiver(receiver) => {
                    marked.push(Ident::new("self", receiver.self_token.span));
                }
                FnArg::Typed(typed) => marked.extend(bindings::of_pattern(&typed.pat)),
            }
        }
    }
    marked
}

/// `#[pii]`, also where a condition is written around it: what may be personal data is.
fn is_mark(attribute: &Attribute) -> bool {
    if attribute.path().is_ident("pii") {
        return true;
    }
    let Meta::List(list) = &attribute.meta else {
        return false;
    };
    let mut tokens = list.tokens.clone().into_iter();
    list.path.is_ident("cfg_attr")
        && tokens.any(|token| matches!(token, TokenTree::Ident(ident) if ident == "pii"))
}

/// Takes the marks off an item that cannot be read as a function, so that they do not become errors of their own. The
/// last block is the body, which nobody touches.
#[must_use]
pub fn strip(item: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = item.into_iter().collect();
    let mut stripped = TokenStream::new();
    let mut position = 0;
    while let Some(token) = tokens.get(position) {
        if is_mark_at(&tokens, position) {
            position += 2;
            continue;
        }
        stripped.extend([match token {
            TokenTree::Group(group) if group.delimiter() != Delimiter::Brace => {
                let mut inner = Group::new(group.delimiter(), strip(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other.clone(),
        }]);
        position += 1;
    }
    stripped
}

fn is_mark_at(tokens: &[TokenTree], position: usize) -> bool {
    match (&tokens[position], tokens.get(position + 1)) {
        (TokenTree::Punct(hash), Some(TokenTree::Group(group))) => {
            hash.as_char() == '#' && group.stream().to_string() == "pii"
        }
        _ => false,
    }
}
