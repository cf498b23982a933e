//! The walk through tokens: every one that is not a group, however deep, in the order written.
//!
//! Whoever looks for a name, a borrow or a keyword in tokens that are not parsed walks this way.

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Ident, Literal, TokenStream, TokenTree};

/// The tokens inside all groups; the groups themselves are left out.
pub struct Leaves {
    /// The groups that are open, the innermost last.
    open: Vec<IntoIter>,
}

/// Walks through `tokens`.
#[must_use]
pub fn leaves(tokens: TokenStream) -> Leaves {
    Leaves {
        open: vec![tokens.into_iter()],
    }
}

/// Collects the identifiers of `tokens`.
#[must_use]
pub fn idents(tokens: TokenStream) -> Vec<Ident> {
    let ident = |token| match token {
        TokenTree::Ident(ident) => Some(ident),
        _ => None,
    };
    leaves(tokens).filter_map(ident).collect()
}

/// The attribute of somebody else that has made these tokens, such as `async_recursion`: what it made stands where it stands.
#[must_use]
pub fn maker_of(tokens: TokenStream) -> Option<String> {
    let written = tokens.into_iter().next()?.span().source_text()?;
    let attribute = written.strip_prefix("#[")?;
    let end = attribute.find(['(', ']'])?;
    Some(attribute[..end].trim().to_owned())
}

/// Returns true for the text of a macro such as `format!` that shows the variable `name`: `"{name}"`.
#[must_use]
pub fn shows(literal: &Literal, name: &str) -> bool {
    literal.to_string().contains(&format!("{{{name}"))
}

/// The variables that a text of `format!` and its kin shows: `total` in `"{total:?} of {}"`.
#[must_use]
pub fn shown(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    // Two braces are one that is written.
    let mut is_open = false;
    for piece in text.split('{').skip(1) {
        is_open = !is_open;
        let end = piece.find(|it: char| !it.is_alphanumeric() && it != '_');
        let name = &piece[..end.unwrap_or(piece.len())];
        if is_open && name.starts_with(|it: char| it.is_alphabetic() || it == '_') {
            names.push(name);
        }
        is_open &= piece.is_empty();
    }
    names
}

impl Iterator for Leaves {
    type Item = TokenTree;

    fn next(&mut self) -> Option<TokenTree> {
        loop {
            match self.open.last_mut()?.next() {
                Some(TokenTree::Group(group)) => self.open.push(group.stream().into_iter()),
                Some(leaf) => return Some(leaf),
                None => {
                    self.open.pop();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn every_leaf_is_visited_in_the_order_written() {
        let written: Vec<String> = leaves(quote!(a (b [1, c]) {} d))
            .map(|token| token.to_string())
            .collect();
        assert_eq!(written, ["a", "b", "1", ",", "c", "d"]);
    }

    #[test]
    fn the_variables_that_a_text_shows_are_those_in_single_braces() {
        assert_eq!(
            shown("{total:?} of {} in {{braces}}, {{{inner}}}, {0} {_x}"),
            ["total", "inner", "_x"]
        );
    }

    #[test]
    fn a_text_shows_the_variable_that_it_names_and_no_other() {
        let text = Literal::string("{total} of {lines:?}");
        assert!(shows(&text, "total") && shows(&text, "lines"));
        assert!(!shows(&text, "of"));
    }
}
