//! Macros and annotations in tokens that are not parsed: the arguments of other macros.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;

use super::names::{Macro, Names};

/// A call of one of the toolkit's macros.
pub(super) struct Call {
    pub(super) which: Macro,
    pub(super) name: Ident,
    pub(super) arguments: TokenStream,
}

/// Finds the calls in `tokens`, however deep; what is in `macro_rules` is looked for by [`names`].
pub(super) fn calls(tokens: TokenStream, names: &Names) -> Vec<Call> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let call = match &tokens[..at] {
            [.., TokenTree::Ident(name), TokenTree::Punct(bang)] if bang.as_char() == '!' => {
                let which = names.get(&name.unraw().to_string());
                which.map(|which| (which, name.clone()))
            }
            _ => None,
        };
        match call {
            Some((which, name)) => found.push(Call {
                which,
                name,
                arguments: group.stream(),
            }),
            None => found.extend(calls(group.stream(), names)),
        }
    }
    found
}

/// Finds an annotation or a call of the toolkit by its name alone, to say that nobody follows it.
pub(super) fn names(tokens: TokenStream, names: &Names) -> Option<Ident> {
    let call = calls(tokens.clone(), names).into_iter().next();
    call.map(|call| call.name)
        .or_else(|| annotation(tokens, names))
}

/// Finds `#[observed(..)]`, however deep.
pub(super) fn annotation(tokens: TokenStream, names: &Names) -> Option<Ident> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.iter().enumerate().find_map(|(at, token)| {
        let TokenTree::Group(group) = token else {
            return None;
        };
        let is_attribute = group.delimiter() == Delimiter::Bracket
            && at > 0
            && matches!(&tokens[at - 1], TokenTree::Punct(it) if it.as_char() == '#');
        let found = is_attribute.then(|| annotated(group.stream(), names));
        found
            .flatten()
            .or_else(|| annotation(group.stream(), names))
    })
}

/// The name of the annotation in `#[..]`.
fn annotated(attribute: TokenStream, names: &Names) -> Option<Ident> {
    let is_it = |name: &Ident| names.get(&name.unraw().to_string()) == Some(Macro::Observed);
    observed_syntax::tokens::idents(attribute)
        .into_iter()
        .find(is_it)
}
