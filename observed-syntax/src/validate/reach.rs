//! R5, R18: variables that an expression of the annotation cannot reach: at its time they have moved into the body, or
//! are not taken out of their pattern yet.

use proc_macro2::Ident;
use syn::Expr;
use syn::visit::Visit;

use crate::function::Function;
use crate::model::{ObservedFn, Parent, Work};
use crate::{Diagnostics, Rule};

/// R5: the code of an error may name nothing but the error: the arguments have moved into the body.
pub(super) fn code_names_error_only(
    model: &ObservedFn,
    function: &Function,
    diagnostics: &mut Diagnostics,
) {
    let Some(code) = model.err.as_ref().and_then(|err| err.code.as_ref()) else {
        return;
    };
    let bindings = function.bindings().into_iter();
    let hidden = bindings
        .map(|binding| binding.name)
        .filter(|name| name != "error");
    if let Some(ident) = first_named(code, hidden.collect()) {
        let message = format!(
            "`{ident}` has moved into the body when the code of an error is asked for; the expression may name `error` \
             and nothing of the function"
        );
        diagnostics.report(Rule::ErrCode, &ident, message);
    }
}

/// Reports a `parent` or a `name` that names a variable of a parameter's pattern, where the patterns move into the body.
pub(super) fn entry_is_bound(
    model: &ObservedFn,
    function: &Function,
    diagnostics: &mut Diagnostics,
) {
    let patterns_move = model.err.is_some() || model.work != Work::Body;
    if !patterns_move {
        return;
    }
    if let Parent::Given(parent) = &model.span.parent {
        is_bound(parent, "parent", Rule::ParentPattern, function, diagnostics);
    }
    if let Some(route) = &model.span.route {
        for part in [&route.method, &route.template] {
            is_bound(part, "name", Rule::RoutePattern, function, diagnostics);
        }
    }
}

fn is_bound(
    expression: &Expr,
    what: &str,
    rule: Rule,
    function: &Function,
    diagnostics: &mut Diagnostics,
) {
    let bindings = function.bindings().into_iter();
    let taken_out = bindings
        .filter(|binding| binding.is_taken_out)
        .map(|binding| binding.name);
    if let Some(ident) = first_named(expression, taken_out.collect()) {
        let message = format!(
            "`{ident}` is taken out of a pattern in the body, and the {what} is needed before; give the parameter a \
             plain name and take it apart in the body"
        );
        diagnostics.report(rule, &ident, message);
    }
}

/// Returns the first of some variables that an expression names, as it is written there.
fn first_named(expression: &Expr, variables: Vec<Ident>) -> Option<Ident> {
    let mut named = Named {
        variables,
        first: None,
    };
    named.visit_expr(expression);
    named.first
}

struct Named {
    variables: Vec<Ident>,
    first: Option<Ident>,
}

impl Visit<'_> for Named {
    fn visit_path(&mut self, path: &syn::Path) {
        if let Some(ident) = path
            .get_ident()
            .filter(|ident| self.variables.contains(ident))
        {
            self.first.get_or_insert_with(|| ident.clone());
        }
    }
}
