//! R3: names of requests, made of a method and the template of a route.

use syn::{Expr, ExprLit, Lit, LitStr};

use super::{expression, name, secret};
use crate::model::{Kind, Route};
use crate::parse::RouteArgument;
use crate::routes::{MAX_TEMPLATE, METHODS, is_template};
use crate::{Diagnostics, Rule};

/// Checks the parts of a name; returns the name as it is listed, and what is known only when the program runs.
pub(super) fn checked(
    route: &RouteArgument,
    diagnostics: &mut Diagnostics,
) -> (LitStr, Option<Route>) {
    let RouteArgument {
        keyword,
        method,
        template,
    } = route;
    for part in [method, template] {
        expression::cannot_steer(part, diagnostics);
        secret::is_not_exposed(part, diagnostics);
    }
    let (literal_method, literal_template) = (literal(method), literal(template));
    if let Some(literal) = literal_method {
        method_is_known(literal, diagnostics);
    }
    if let Some(literal) = literal_template {
        template_has_shape(literal, diagnostics);
    }
    let shown = |literal: Option<&LitStr>, unknown: &str| {
        literal.map_or_else(|| unknown.to_owned(), LitStr::value)
    };
    let listed = format!(
        "{} {}",
        shown(literal_method, "METHOD"),
        shown(literal_template, "template")
    );
    let name = LitStr::new(&listed, keyword.span());
    let is_literal = literal_method.is_some() && literal_template.is_some();
    let route = (!is_literal).then(|| Route {
        method: method.clone(),
        template: template.clone(),
    });
    (name, route)
}

/// A span inside the service has no route of its own.
pub(super) fn kind_fits(route: &RouteArgument, kind: Kind, diagnostics: &mut Diagnostics) {
    if !matches!(kind, Kind::Server | Kind::Client) {
        let message = "`route(..)` is the name of a request: write kind = server where this service answers it, and \
                       kind = client where this service makes it";
        diagnostics.report(Rule::RouteKind, &route.keyword, message);
    }
}

fn method_is_known(literal: &LitStr, diagnostics: &mut Diagnostics) {
    let method = literal.value();
    if !METHODS.contains(&method.as_str()) {
        let message = format!(
            "{method:?} is not a method of HTTP; write one of {}",
            METHODS.join(", ")
        );
        diagnostics.report(Rule::RouteMethod, literal, message);
    }
}

fn template_has_shape(literal: &LitStr, diagnostics: &mut Diagnostics) {
    let template = literal.value();
    if !is_template(&template) {
        let message = format!(
            "{template:?} is not the template of a route: it begins with `/`, has at most {MAX_TEMPLATE} characters, no \
             query, and parameters instead of the identifiers of one entity, such as \"/users/{{id}}\""
        );
        diagnostics.report(Rule::RouteTemplate, literal, message);
        return;
    }
    name::has_no_pattern(&template, literal, diagnostics);
}

fn literal(part: &Expr) -> Option<&LitStr> {
    match part {
        Expr::Lit(ExprLit {
            lit: Lit::Str(literal),
            ..
        }) => Some(literal),
        _ => None,
    }
}
