//! The chains of fields and calls in an expression: `person.first.name()` is of three names.

use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Expr, Member};

/// A chain with at least one dot.
pub(super) struct Chain<'a> {
    /// Its names, in the order written.
    pub(super) names: Vec<String>,
    /// All of it, to point at.
    pub(super) whole: &'a Expr,
}

/// Lists the chains of an expression, however deep; the beginning of a chain is one of its own.
pub(super) fn chains(value: &Expr) -> Vec<Chain<'_>> {
    let mut chains = Chains(Vec::new());
    chains.visit_expr(value);
    chains.0
}

struct Chains<'a>(Vec<Chain<'a>>);

impl<'a> Visit<'a> for Chains<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if matches!(expression, Expr::Field(_) | Expr::MethodCall(_)) {
            self.0.push(Chain {
                names: names(expression),
                whole: expression,
            });
        }
        visit::visit_expr(self, expression);
    }
}

/// Lists the names of one chain, in the order written.
pub(super) fn names(expression: &Expr) -> Vec<String> {
    let mut names = names_from_end(expression);
    names.reverse();
    names
}

/// The names of a chain, the last one first: `(*user).name()` is of `name` and `user`.
fn names_from_end(expression: &Expr) -> Vec<String> {
    let (name, base) = match expression {
        Expr::Field(field) => match &field.member {
            Member::Named(member) => (Some(member), &*field.base),
            Member::Unnamed(_) => (None, &*field.base),
        },
        Expr::MethodCall(call) => (Some(&call.method), &*call.receiver),
        Expr::Paren(inner) => return names_from_end(&inner.expr),
        Expr::Group(inner) => return names_from_end(&inner.expr),
        Expr::Unary(inner) => return names_from_end(&inner.expr),
        Expr::Reference(inner) => return names_from_end(&inner.expr),
        Expr::Path(path) => {
            return path
                .path
                .get_ident()
                .map(|ident| ident.unraw().to_string())
                .into_iter()
                .collect();
        }
        _ => return Vec::new(),
    };
    let mut names: Vec<String> = name
        .map(|name| name.unraw().to_string())
        .into_iter()
        .collect();
    names.extend(names_from_end(base));
    names
}
