//! R7: the marks `#[pii]` of parameters.

use proc_macro2::{Ident, TokenTree};
use syn::ext::IdentExt;
use syn::visit::Visit;
use syn::{Expr, Macro, Path};

use super::local::Origins;
use super::recorded::evaluated;
use crate::function::Function;
use crate::parse::Arguments;
use crate::{Diagnostics, Rule, tokens};

/// Reports every mention of a marked parameter: in the annotation, in the spans, events and late attributes of the body,
/// where a mention taints whatever is done with it, and in what the values recorded there were made of.
pub(super) fn marks_are_honoured(
    arguments: &Arguments,
    function: &Function,
    body: &[&Expr],
    origins: &Origins,
    diagnostics: &mut Diagnostics,
) {
    for pattern in &function.marked.unreadable {
        let message = "the names that this binds cannot be read, and so not be marked #[pii]; write the pattern without a \
                       macro, or give the parameter a plain name and take it apart in the body";
        diagnostics.report(Rule::UnreadablePattern, pattern, message);
    }
    if function.marked.names.is_empty() {
        return;
    }
    let marked = function
        .marked
        .names
        .iter()
        .map(|name| name.unraw().to_string())
        .collect();
    let mut mentions = Mentions {
        marked,
        found: Vec::new(),
    };
    for expression in evaluated(arguments).chain(body.iter().copied()) {
        mentions.visit_expr(expression);
    }
    let direct = mentions.found.len();
    origins
        .sources
        .iter()
        .for_each(|source| mentions.visit_expr(source));
    let made_of = mentions.found.split_off(direct);
    for mention in made_of {
        let message = format!(
            "`{mention}` is a parameter marked #[pii], and what the body records is made of it; nothing overrides the mark"
        );
        diagnostics.report(Rule::PiiParameter, &mention, message);
    }
    for mention in mentions.found {
        let message = format!(
            "`{mention}` is a parameter marked #[pii]; nothing of it can be recorded, and nothing overrides the mark"
        );
        diagnostics.report(Rule::PiiParameter, &mention, message);
    }
}

/// Variables with one of these names, and literals of macros that name one as `format!` does.
struct Mentions {
    marked: Vec<String>,
    found: Vec<TokenTree>,
}

impl Mentions {
    fn names(&self, ident: &Ident) -> bool {
        let name = ident.unraw().to_string();
        // So `#[async_trait]` calls `self`.
        let name = if name == "__self" { "self" } else { &name };
        self.marked.iter().any(|marked| marked == name)
    }

    fn is_in(&self, token: &TokenTree) -> bool {
        match token {
            TokenTree::Ident(ident) => self.names(ident),
            TokenTree::Literal(literal) => {
                self.marked.iter().any(|name| tokens::shows(literal, name))
            }
            TokenTree::Group(_) | TokenTree::Punct(_) => false,
        }
    }
}

impl Visit<'_> for Mentions {
    fn visit_path(&mut self, path: &Path) {
        if let Some(ident) = path.get_ident().filter(|ident| self.names(ident)) {
            self.found.push(TokenTree::Ident(ident.clone()));
        }
    }

    fn visit_macro(&mut self, call: &Macro) {
        let mentions = tokens::leaves(call.tokens.clone()).filter(|token| self.is_in(token));
        let mentions: Vec<_> = mentions.collect();
        self.found.extend(mentions);
    }
}
