//! R7: the mark `#[pii]` on a parameter.
//!
//! The compiler knows no such attribute, so every mark is taken off, of a function that could be read and of an item
//! that could not.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Attribute, FnArg, Macro, Meta, Pat, Signature};

use crate::async_trait::Boxed;
use crate::bindings;

/// What marked parameters bind.
#[derive(Default)]
pub struct Marked {
    /// The names.
    pub names: Vec<Ident>,
    /// Patterns, or parts of them, whose names nobody can read.
    pub unreadable: Vec<TokenStream>,
}

/// Takes the marks off and returns what the marked parameters bind.
pub(crate) fn take(signature: &mut Signature, boxed: Option<&Boxed>) -> Marked {
    let mut marked = Marked::default();
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
                    let name = Ident::new("self", receiver.self_token.span);
                    marked.names.push(name);
                }
                FnArg::Typed(typed) => marked.add(&typed.pat, boxed),
            }
        }
    }
    marked
}

impl Marked {
    fn add(&mut self, pattern: &Pat, boxed: Option<&Boxed>) {
        let names = bindings::of_pattern(pattern);
        let is_hidden = |name: &&Ident| boxed.is_some_and(|boxed| boxed.hides(name));
        let hidden = names.iter().filter(is_hidden);
        self.unreadable
            .extend(hidden.map(ToTokens::to_token_stream));
        self.names.extend(names);
        self.visit_pat(pattern);
    }
}

/// What a macro writes binds names that are not there to be read.
impl Visit<'_> for Marked {
    fn visit_macro(&mut self, call: &Macro) {
        self.unreadable.push(call.to_token_stream());
    }
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
