//! R7: the mark `#[pii]` on a parameter.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, FnArg, Meta, PatIdent, Signature};

/// Takes the marks off and returns what the marked parameters bind.
pub(crate) fn take(signature: &mut Signature) -> Vec<Ident> {
    let mut flagged = Bound(Vec::new());
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
                    flagged.0.push(Ident::new("self", receiver.self_token.span));
                }
                FnArg::Typed(typed) => flagged.visit_pat(&typed.pat),
            }
        }
    }
    flagged.0
}

/// `#[pii]`, also where a condition is written around it: what may be personal data is.
fn is_mark(attribute: &Attribute) -> bool {
    if attribute.path().is_ident("pii") {
        return true;
    }
    let Meta::List(list) = &attribute.meta else {
        return false;
    };
    let mut words = list.tokens.clone().into_iter();
    list.path.is_ident("cfg_attr")
        && words.any(|word| matches!(word, TokenTree::Ident(word) if word == "pii"))
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

/// The variables that a pattern binds.
pub(crate) struct Bound(pub(crate) Vec<Ident>);

impl Visit<'_> for Bound {
    fn visit_pat_ident(&mut self, pattern: &PatIdent) {
        self.0.push(pattern.ident.clone());
        visit::visit_pat_ident(self, pattern);
    }
}
