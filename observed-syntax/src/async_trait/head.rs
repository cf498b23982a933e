//! The statements by which `#[async_trait]` binds the arguments again. They are read token by token, and the body after
//! them is not.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::{FnArg, Pat, Signature, Type};

use crate::tokens::idents;

/// A block, split after the statements that bind the arguments.
pub(super) struct Head {
    pub(super) tokens: TokenStream,
    pub(super) rest: TokenStream,
    /// What `self` is called from then on.
    pub(super) receiver: Option<Ident>,
    /// Parameters, and the patterns that they are taken apart by.
    pub(super) written: Vec<(Ident, Pat)>,
}

impl Head {
    pub(super) fn read(signature: &Signature, block: &Group) -> Self {
        let tokens: Vec<TokenTree> = block.stream().into_iter().collect();
        let rebound = rebound(signature);
        let mut head = Self {
            tokens: TokenStream::new(),
            rest: TokenStream::new(),
            receiver: None,
            written: Vec::new(),
        };
        let mut end = hint(&tokens);
        while let Some(length) = statement(&tokens[end..]) {
            let Some((pattern, argument)) = binding(&tokens[end..end + length]) else {
                break;
            };
            if argument == "self" {
                head.receiver = idents(pattern).pop();
            } else if rebound.contains(&argument) {
                let pattern = Pat::parse_multi_with_leading_vert.parse2(pattern);
                head.written
                    .extend(pattern.ok().map(|pattern| (argument, pattern)));
            } else {
                break;
            }
            end += length;
        }
        head.tokens = tokens[..end].iter().cloned().collect();
        head.rest = tokens[end..].iter().cloned().collect();
        head
    }
}

/// The parameters that are bound again: those that are no references.
fn rebound(signature: &Signature) -> Vec<Ident> {
    let name = |argument: &FnArg| match argument {
        FnArg::Typed(typed) if !matches!(*typed.ty, Type::Reference(_)) => match &*typed.pat {
            Pat::Ident(name) => Some(name.ident.clone()),
            _ => None,
        },
        _ => None,
    };
    signature.inputs.iter().filter_map(name).collect()
}

/// The length of what tells the compiler the type of the block, `if let Some(__ret) = None::<T> { return __ret; }`.
fn hint(tokens: &[TokenTree]) -> usize {
    if !matches!(tokens.first(), Some(TokenTree::Ident(first)) if first == "if") {
        return 0;
    }
    let returns = tokens.iter().position(|token| match token {
        TokenTree::Group(group) => {
            group.delimiter() == Delimiter::Brace
                && idents(group.stream()).iter().any(|it| it == "return")
        }
        _ => false,
    });
    returns.map_or(0, |at| at + 1)
}

/// The length of the first statement with its `;`.
fn statement(tokens: &[TokenTree]) -> Option<usize> {
    let end = tokens.iter().position(|token| is_punct(token, ';'))?;
    Some(end + 1)
}

/// The pattern and the parameter of `let pattern = parameter;` or `let pattern = { let parameter = parameter; parameter };`.
fn binding(statement: &[TokenTree]) -> Option<(TokenStream, Ident)> {
    let start = statement
        .iter()
        .position(|token| matches!(token, TokenTree::Ident(keyword) if keyword == "let"))?;
    let [pattern @ .., equals, value, _] = &statement[start + 1..] else {
        return None;
    };
    if !is_punct(equals, '=') {
        return None;
    }
    let argument = match value {
        TokenTree::Ident(argument) => argument.clone(),
        TokenTree::Group(group) => {
            let names = idents(group.stream());
            let [keyword, names @ ..] = &names[..] else {
                return None;
            };
            let [first, second, third] = names else {
                return None;
            };
            let is_one = keyword == "let" && first == second && second == third;
            is_one.then(|| first.clone())?
        }
        _ => return None,
    };
    Some((pattern.iter().cloned().collect(), argument))
}

fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}
