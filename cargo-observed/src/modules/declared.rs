//! The modules that a file declares, read from its tokens without parsing it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token};

/// `mod name;` with what stands before it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Declared {
    /// The modules of this file around it, and its own name.
    pub(crate) path: Vec<String>,
    /// The folder that `#[path = ".."]` names for each of the modules around it, where it does.
    pub(crate) folders: Vec<Option<String>>,
    /// `#[path = ".."]`, of `cfg_attr` too.
    pub(crate) paths: Vec<String>,
    /// The conditions, those of the modules around it included.
    pub(crate) cfg: Vec<String>,
    /// Whether it stands in a macro's arguments, where nobody knows what becomes of it.
    pub(crate) is_in_macro: bool,
}

/// Returns true where the text may declare a module in another file; such a file must be read by token.
pub(crate) fn may_declare(text: &str) -> bool {
    text.match_indices("mod").any(|(at, _)| {
        let rest = text[at + 3..].trim_start();
        let rest = rest.strip_prefix("r#").unwrap_or(rest);
        let name = rest.find(|it: char| !it.is_alphanumeric() && it != '_');
        name.is_some_and(|end| {
            let after = rest[end..].trim_start();
            end > 0 && (after.starts_with(';') || after.starts_with('/'))
        })
    })
}

/// Lists what `tokens` declare, however deep in modules and in arguments of macros.
pub(crate) fn declared(tokens: TokenStream) -> Vec<Declared> {
    let mut found = Vec::new();
    walk(tokens, &Around::default(), &mut found);
    found
}

#[derive(Clone, Default)]
struct Around {
    path: Vec<String>,
    folders: Vec<Option<String>>,
    cfg: Vec<String>,
    is_in_macro: bool,
}

fn walk(tokens: TokenStream, around: &Around, found: &mut Vec<Declared>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            if let Some(name) = name_before(&tokens[..at], token) {
                found.push(declaration(name, &tokens[..at - 2], around));
            }
            continue;
        };
        if group.delimiter() != Delimiter::Brace {
            continue;
        }
        let mut inside = around.clone();
        match &tokens[..at] {
            [
                before @ ..,
                TokenTree::Ident(keyword),
                TokenTree::Ident(name),
            ] if keyword == "mod" => {
                let said = said(before);
                inside.cfg.extend(said.cfg);
                inside.folders.push(said.paths.into_iter().next());
                inside.path.push(plain(&name.to_string()));
            }
            _ => inside.is_in_macro = true,
        }
        walk(group.stream(), &inside, found);
    }
}

/// The name in `mod name ;`, given the semicolon.
fn name_before(before: &[TokenTree], token: &TokenTree) -> Option<String> {
    match (before, token) {
        ([.., TokenTree::Ident(keyword), TokenTree::Ident(name)], TokenTree::Punct(end))
            if keyword == "mod" && end.as_char() == ';' =>
        {
            Some(plain(&name.to_string()))
        }
        _ => None,
    }
}

fn plain(name: &str) -> String {
    name.strip_prefix("r#").unwrap_or(name).to_owned()
}

fn declaration(name: String, before: &[TokenTree], around: &Around) -> Declared {
    let said = said(before);
    let (mut path, mut cfg) = (around.path.clone(), around.cfg.clone());
    path.push(name);
    cfg.extend(said.cfg);
    Declared {
        path,
        folders: around.folders.clone(),
        paths: said.paths,
        cfg,
        is_in_macro: around.is_in_macro,
    }
}

#[derive(Default)]
struct Said {
    paths: Vec<String>,
    cfg: Vec<String>,
}

/// What the attributes right before an item say.
fn said(before: &[TokenTree]) -> Said {
    let mut at = before.len();
    // The visibility: `pub`, `pub(crate)`.
    while at > 0
        && !matches!(&before[at - 1], TokenTree::Group(it) if it.delimiter() == Delimiter::Bracket)
    {
        match &before[at - 1] {
            TokenTree::Ident(it) if it == "pub" => at -= 1,
            TokenTree::Group(it) if it.delimiter() == Delimiter::Parenthesis => at -= 1,
            _ => break,
        }
    }
    let end = at;
    while at >= 2
        && matches!(&before[at - 1], TokenTree::Group(it) if it.delimiter() == Delimiter::Bracket)
        && matches!(&before[at - 2], TokenTree::Punct(it) if it.as_char() == '#')
    {
        at -= 2;
    }
    let tokens: TokenStream = before[at..end].iter().cloned().collect();
    let mut said = Said::default();
    for attribute in Attribute::parse_outer.parse2(tokens).unwrap_or_default() {
        note(&attribute.meta, &mut said);
    }
    said
}

fn note(meta: &Meta, said: &mut Said) {
    match meta {
        Meta::NameValue(it) if it.path.is_ident("path") => {
            if let Expr::Lit(ExprLit {
                lit: Lit::Str(path),
                ..
            }) = &it.value
            {
                said.paths.push(path.value());
            }
        }
        Meta::List(it) if it.path.is_ident("cfg") => {
            said.cfg
                .push(observed_syntax::fingerprint::canonical(it.tokens.clone()));
        }
        Meta::List(it) if it.path.is_ident("cfg_attr") => {
            let list = syn::punctuated::Punctuated::<Meta, Token![,]>::parse_terminated;
            for meta in list
                .parse2(it.tokens.clone())
                .unwrap_or_default()
                .iter()
                .skip(1)
            {
                note(meta, said);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Declared> {
        assert!(may_declare(text), "{text}");
        declared(text.parse().unwrap())
    }

    #[test]
    fn a_module_is_found_with_its_path_and_its_conditions() {
        let found = read(
            "#[cfg(unix)] mod outer { #[path = \"odd.rs\"] #[cfg(feature = \"x\")] pub(crate) mod inner; }",
        );
        let inner = Declared {
            path: vec!["outer".to_owned(), "inner".to_owned()],
            folders: vec![None],
            paths: vec!["odd.rs".to_owned()],
            cfg: vec!["unix".to_owned(), "feature=\"x\"".to_owned()],
            is_in_macro: false,
        };
        assert_eq!(found, [inner]);
    }

    #[test]
    fn paths_under_a_condition_and_modules_in_a_macro_are_found() {
        let found = read(
            "#[cfg_attr(unix, path = \"u.rs\")] mod sys; cfg_if! { if #[cfg(unix)] { mod r#try; } }",
        );
        assert_eq!(found[0].paths, ["u.rs"]);
        assert_eq!(
            (found[1].path[0].as_str(), found[1].is_in_macro),
            ("try", true)
        );
    }

    #[test]
    fn texts_and_comments_declare_nothing() {
        assert!(
            declared(
                "// mod a;\nconst T: &str = \"mod b;\"; fn model() {}"
                    .parse()
                    .unwrap()
            )
            .is_empty()
        );
        assert!(!may_declare("mod tests { } fn modern(); let modulo = 1;"));
    }
}
