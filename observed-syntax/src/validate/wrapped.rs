//! R7: what an expression takes out of a parameter whose type is a wrapper of secrets by its name.
//!
//! The wrapper as it is, is refused by its type; a count or a flag of it, and what a function makes of it, is another value.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Expr, Path};

use super::alias::{Alias, StandsFor};
use super::local::{Origins, made_of};
use super::secret::{exposes, is_not_exposed};
use crate::{Diagnostics, Rule};

/// Reports what the annotation or the body records and takes out of such a parameter, and what it made by exposing one.
pub(super) fn stays_inside<'a>(
    expressions: impl Iterator<Item = &'a Expr>,
    origins: &Origins,
    aliases: &[Alias],
    diagnostics: &mut Diagnostics,
) {
    for source in &origins.sources {
        is_not_exposed(source, diagnostics);
    }
    if !aliases
        .iter()
        .any(|it| matches!(it.stands_for, StandsFor::Secret(_)))
    {
        return;
    }
    let mut parts = Vec::new();
    for expression in expressions.filter(|expression| !is_place(expression)) {
        parts.extend(made_of(expression));
    }
    let mut named = Named(Vec::new());
    for part in parts.iter().chain(&origins.sources) {
        named.visit_expr(part);
    }
    for ident in named.0 {
        let wrapper = aliases.iter().find_map(|alias| match &alias.stands_for {
            StandsFor::Secret(wrapper) if ident.unraw() == alias.binding => Some(wrapper),
            _ => None,
        });
        if let Some(wrapper) = wrapper {
            let message = format!(
                "`{ident}` is a `{wrapper}`, and nothing that is taken out of it is recorded; leave it out"
            );
            diagnostics.report(Rule::UnwrapsSecret, &ident, message);
        }
    }
}

/// A name as it is, in the wrappers of the grammar.
fn is_place(expression: &Expr) -> bool {
    match expression {
        Expr::Path(_) => true,
        Expr::Reference(it) => is_place(&it.expr),
        Expr::Paren(it) => is_place(&it.expr),
        Expr::Group(it) => is_place(&it.expr),
        Expr::Call(it) => {
            let is_grammar = matches!(&*it.func, Expr::Path(path) if path.path.get_ident().is_some_and(|name| {
                name == "not_pii" || name.to_string().starts_with("public")
            }));
            is_grammar && it.args.first().is_some_and(is_place)
        }
        _ => false,
    }
}

/// The variables of an expression, but for those that a function exposes: they are reported by the function.
struct Named(Vec<Ident>);

impl Visit<'_> for Named {
    fn visit_path(&mut self, path: &Path) {
        self.0.extend(path.get_ident().cloned());
    }

    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        if !exposes(&call.method) {
            visit::visit_expr_method_call(self, call);
        }
    }

    fn visit_expr_call(&mut self, call: &syn::ExprCall) {
        let is_exposing = matches!(&*call.func, Expr::Path(path)
            if path.path.segments.last().is_some_and(|last| exposes(&last.ident)));
        if !is_exposing {
            visit::visit_expr_call(self, call);
        }
    }
}
