//! R7: the marks `#[pii]` of parameters, and what the body records of parameters.

use proc_macro2::{Ident, TokenTree};
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Expr, ExprField, Macro, Path};

use super::recorded::{Recorded, evaluated};
use super::{privacy, secret};
use crate::function::Function;
use crate::parse::Arguments;
use crate::{Diagnostics, Rule, tokens};

/// Reports every mention of a marked parameter: in the annotation, and in the spans, events and late attributes of the
/// body. A mention taints, whatever is done with it.
pub(super) fn marks_are_honoured(
    arguments: &Arguments,
    function: &Function,
    body: &Recorded<'_>,
    diagnostics: &mut Diagnostics,
) {
    if function.marked.is_empty() {
        return;
    }
    let marked = function
        .marked
        .iter()
        .map(|name| name.unraw().to_string())
        .collect();
    let mut mentions = Mentions {
        marked,
        found: Vec::new(),
    };
    for expression in evaluated(arguments).chain(body.all()) {
        mentions.visit_expr(expression);
    }
    for mention in mentions.found {
        let message = format_args!(
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

/// Late attributes take what the body gives them; what can be seen of it is checked as an attribute is.
pub(super) fn late_is_checked(body: &Recorded<'_>, diagnostics: &mut Diagnostics) {
    for expression in &body.late {
        secret::is_not_exposed(expression, diagnostics);
        privacy::has_no_personal_literal("", expression, diagnostics);
    }
}

/// The fields of parameters that are given to late attributes: at the top of the function their owners can be asked.
pub(super) fn late_fields(function: &Function, body: &Recorded<'_>) -> Vec<ExprField> {
    let bindings = function.bindings().into_iter();
    let mut fields = FieldsOf {
        parameters: bindings.map(|binding| binding.name).collect(),
        found: Vec::new(),
    };
    body.late
        .iter()
        .for_each(|expression| fields.visit_expr(expression));
    fields.found
}

struct FieldsOf {
    parameters: Vec<Ident>,
    found: Vec<ExprField>,
}

impl Visit<'_> for FieldsOf {
    fn visit_expr_field(&mut self, field: &ExprField) {
        let mut at = field;
        while let Expr::Field(base) = &*at.base {
            at = base;
        }
        match &*at.base {
            Expr::Path(root)
                if root
                    .path
                    .get_ident()
                    .is_some_and(|root| self.parameters.contains(root)) =>
            {
                self.found.push(field.clone());
            }
            _ => visit::visit_expr_field(self, field),
        }
    }
}
