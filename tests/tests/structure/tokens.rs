//! What one source file declares and names, read from its tokens.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What stands in one file, `#[cfg(test)]` left out.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) children: Vec<Child>,
    pub(crate) named: Vec<Named>,
    /// All identifiers outside of `use`.
    pub(crate) used: BTreeSet<String>,
    /// Which attributes leave their item out.
    left_out: Option<fn(&[TokenTree]) -> bool>,
}

/// `mod name;`, and its `#[path = "..."]`.
#[derive(Debug)]
pub(crate) struct Child {
    pub(crate) name: String,
    pub(crate) path: Option<String>,
}

/// A path of two segments or more, or one that a `use` names.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) path: Vec<String>,
    /// The name by which a `use` makes it known in the file.
    pub(crate) known_as: Option<String>,
    /// Named by `pub use` or `pub(...) use`.
    pub(crate) is_export: bool,
}

/// Reads one file.
pub(crate) fn read(text: &str) -> Read {
    read_by(text, is_for_tests)
}

/// Reads one file with what is under `#[cfg(test)]`.
pub(crate) fn read_with_tests(text: &str) -> Read {
    read_by(text, |_| false)
}

fn read_by(text: &str, left_out: fn(&[TokenTree]) -> bool) -> Read {
    let tokens: TokenStream = text.parse().expect("the file consists of tokens");
    let mut read = Read {
        left_out: Some(left_out),
        ..Read::default()
    };
    items(&trees(tokens), &mut read);
    read
}

fn trees(tokens: TokenStream) -> Vec<TokenTree> {
    tokens.into_iter().collect()
}

fn items(tokens: &[TokenTree], read: &mut Read) {
    let (mut at, mut path_attribute) = (0, None);
    while at < tokens.len() {
        if let Some(attribute) = attribute(&tokens[at..]) {
            if read.left_out.is_some_and(|left_out| left_out(&attribute)) {
                at += 2 + length_of_item(&tokens[at + 2..]);
            } else {
                path_attribute = value_of_path(&attribute).or(path_attribute);
                items(&attribute, read);
                at += 2;
            }
            continue;
        }
        // `pub(in super::super)` says who may name an item, and names nothing itself.
        if let [TokenTree::Ident(word), TokenTree::Group(group), ..] = &tokens[at..]
            && *word == "pub"
            && group.delimiter() == Delimiter::Parenthesis
        {
            at += 2;
            continue;
        }
        if let [
            TokenTree::Ident(word),
            TokenTree::Ident(name),
            TokenTree::Punct(end),
            ..,
        ] = &tokens[at..]
            && *word == "mod"
            && end.as_char() == ';'
        {
            read.children.push(Child {
                name: name.to_string(),
                path: path_attribute.take(),
            });
            at += 3;
            continue;
        }
        if is_ident(&tokens[at], "use") {
            let end = at
                + tokens[at..]
                    .iter()
                    .take_while(|token| !is_punct(token, ';'))
                    .count();
            uses(&tokens[at + 1..end], &[], is_exported(&tokens[..at]), read);
            at = end + 1;
            continue;
        }
        at += one(&tokens[at..], read);
    }
}

/// Reads a path, a group or any other token; returns how many tokens that was.
fn one(tokens: &[TokenTree], read: &mut Read) -> usize {
    match &tokens[0] {
        TokenTree::Group(group) => {
            items(&trees(group.stream()), read);
            1
        }
        TokenTree::Ident(first) => {
            let mut path = vec![first.to_string()];
            let mut length = 1;
            while let [
                TokenTree::Punct(one),
                TokenTree::Punct(two),
                TokenTree::Ident(next),
                ..,
            ] = &tokens[length..]
                && one.as_char() == ':'
                && two.as_char() == ':'
            {
                path.push(next.to_string());
                length += 3;
            }
            read.used.extend(path.iter().cloned());
            if path.len() > 1 {
                read.named.push(Named {
                    path,
                    known_as: None,
                    is_export: false,
                });
            }
            length
        }
        _ => 1,
    }
}

/// Reads the tree of a `use`.
fn uses(tokens: &[TokenTree], before: &[String], is_export: bool, read: &mut Read) {
    let (mut path, mut renamed) = (before.to_vec(), None);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(ident) if *ident == "as" => {
                renamed = tokens.get(at + 1).map(ToString::to_string);
                break;
            }
            TokenTree::Ident(ident) => path.push(ident.to_string()),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let inside = trees(group.stream());
                for branch in inside.split(|token| is_punct(token, ',')) {
                    uses(branch, &path, is_export, read);
                }
                return;
            }
            _ => {}
        }
    }
    if path.len() > before.len() {
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let known_as = renamed.or_else(|| path.last().cloned());
        read.named.push(Named {
            path,
            known_as,
            is_export,
        });
    }
}

fn is_ident(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if *ident == word)
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// True behind `pub` or `pub(...)`.
fn is_exported(before: &[TokenTree]) -> bool {
    match before {
        [.., TokenTree::Ident(word)] => *word == "pub",
        [.., TokenTree::Ident(word), TokenTree::Group(group)] => {
            *word == "pub" && group.delimiter() == Delimiter::Parenthesis
        }
        _ => false,
    }
}

/// What is inside `#[...]`, if the tokens begin with it.
fn attribute(tokens: &[TokenTree]) -> Option<Vec<TokenTree>> {
    match tokens {
        [TokenTree::Punct(hash), TokenTree::Group(group), ..]
            if hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
        {
            Some(trees(group.stream()))
        }
        _ => None,
    }
}

/// `cfg(test)`, `cfg(all(test, ...))`: not `any`, which stands in other builds too.
fn is_for_tests(attribute: &[TokenTree]) -> bool {
    let text: String = attribute.iter().map(ToString::to_string).collect();
    let text = text.replace(' ', "");
    text == "cfg(test)" || text.starts_with("cfg(all(test")
}

fn value_of_path(attribute: &[TokenTree]) -> Option<String> {
    match attribute {
        [
            TokenTree::Ident(word),
            TokenTree::Punct(_),
            TokenTree::Literal(value),
        ] if *word == "path" => Some(value.to_string().trim_matches('"').to_owned()),
        _ => None,
    }
}

/// The tokens up to and with what ends an item, a field or an arm, its other attributes included: `;`, braces, or a `,`
/// outside of angle brackets.
fn length_of_item(tokens: &[TokenTree]) -> usize {
    let mut angles = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        let is_arrow = at > 0 && (is_punct(&tokens[at - 1], '-') || is_punct(&tokens[at - 1], '='));
        match token {
            TokenTree::Punct(punct) => match punct.as_char() {
                ';' => return at + 1,
                ',' if angles == 0 => return at + 1,
                '<' => angles += 1,
                '>' if !is_arrow => angles = angles.saturating_sub(1),
                _ => {}
            },
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}
