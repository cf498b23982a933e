//! R7, R10: what an annotation may not name.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Expr, LitStr, Member};

use crate::tokens::idents;
use crate::{Diagnostics, Rule, dictionary, patterns};

/// Methods and functions that take a secret out of its wrapper.
const UNWRAPPING: &[&str] = &[
    "declassify",
    "declassify_mut",
    "declassify_ref",
    "expose",
    "expose_mut",
    "expose_secret",
    "expose_secret_mut",
    "into_exposed",
    "leak_secret",
    "reveal",
    "reveal_secret",
    "unprotect",
    "unredacted",
    "unseal",
];

/// R7: nothing overrides a wrapper.
pub(super) fn keeps_secrets_wrapped(value: &Expr, diagnostics: &mut Diagnostics) {
    let mut calls = Functions(Vec::new());
    calls.visit_expr(value);
    for ident in calls.0 {
        if UNWRAPPING.iter().any(|word| ident.unraw() == word) {
            let message = format_args!(
                "`{ident}` takes a secret out of its wrapper, and nothing of a secret is recorded; leave it out"
            );
            diagnostics.report(Rule::UnwrapsSecret, &ident, message);
        }
    }
}

/// Methods, and functions named by a path.
struct Functions(Vec<Ident>);

impl Visit<'_> for Functions {
    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        self.0.push(call.method.clone());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_path(&mut self, path: &syn::Path) {
        // `map(Pii::expose)` names one without calling it; a variable alone is none.
        let last = path.segments.last().filter(|_| path.segments.len() > 1);
        self.0.extend(last.map(|last| last.ident.clone()));
    }

    fn visit_expr_call(&mut self, call: &syn::ExprCall) {
        if let Expr::Path(function) = &*call.func {
            self.0.extend(function.path.get_ident().cloned());
        }
        visit::visit_expr_call(self, call);
    }
}

/// R10: neither the key nor what the expression names is in the dictionary. A mistake is reported once: where a key was
/// made from the expression, on the expression.
pub(super) fn has_no_personal_name(
    key: &str,
    written_key: Option<&TokenStream>,
    value: &Expr,
    diagnostics: &mut Diagnostics,
) {
    if let Some(tokens) = written_key {
        is_no_personal_name(key, tokens, Remedy::NotPii, diagnostics);
    }
    names_nothing_personal(value, Remedy::NotPii, diagnostics);
}

/// R10: no identifier of an expression, and no place or chain of calls, is in the dictionary.
pub(super) fn names_nothing_personal(value: &Expr, remedy: Remedy, diagnostics: &mut Diagnostics) {
    let before = diagnostics.count();
    for ident in idents(value.to_token_stream()) {
        is_no_personal_name(&ident.unraw().to_string(), &ident, remedy, diagnostics);
    }
    // `person.first.name` has no personal word in it, and is one.
    if diagnostics.count() == before {
        for place in places(value) {
            is_no_personal_name(&place.names.join("."), place.tokens, remedy, diagnostics);
        }
    }
}

/// What to do about a name of the dictionary.
#[derive(Clone, Copy)]
pub(super) enum Remedy {
    /// An attribute: the name can be said to be harmless.
    NotPii,
    /// Anything else is renamed.
    Rename,
}

/// R10: a name is not in the dictionary.
pub(super) fn is_no_personal_name(
    name: &str,
    tokens: impl ToTokens,
    remedy: Remedy,
    diagnostics: &mut Diagnostics,
) {
    let Some(hit) = dictionary::find(name) else {
        return;
    };
    let remedy = match remedy {
        Remedy::NotPii => {
            "record something else, or say why it is none: not_pii(expression, \"the reason\")"
        }
        Remedy::Rename => "use another name",
    };
    let message = format_args!(
        "`{name}` stands for {} (\"{}\" in the dictionary); {remedy}",
        hit.group, hit.words
    );
    diagnostics.report(Rule::PersonalName, tokens, message);
}

/// R10, R11: a literal does not look like personal data or a credential. Nothing overrides this: a literal can be
/// written otherwise.
pub(super) fn has_no_personal_literal(key: &str, value: &Expr, diagnostics: &mut Diagnostics) {
    let mut literals = Literals(Vec::new());
    literals.visit_expr(value);
    for literal in literals.0 {
        if let Some(pattern) = patterns::find(&literal.value(), key) {
            let message = format_args!(
                "this text looks like an instance of: {}; record something else",
                pattern.name()
            );
            diagnostics.report(Rule::PersonalLiteral, literal, message);
        }
    }
}

struct Literals(Vec<LitStr>);

impl Visit<'_> for Literals {
    fn visit_lit_str(&mut self, literal: &LitStr) {
        self.0.push(literal.clone());
    }
}

/// A place or a chain of calls with at least one dot.
struct Place<'a> {
    names: Vec<String>,
    tokens: &'a Expr,
}

fn places(value: &Expr) -> Vec<Place<'_>> {
    let mut places = Places(Vec::new());
    places.visit_expr(value);
    places.0
}

struct Places<'a>(Vec<Place<'a>>);

impl<'a> Visit<'a> for Places<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if matches!(expression, Expr::Field(_) | Expr::MethodCall(_)) {
            let mut names = chain(expression);
            names.reverse();
            self.0.push(Place {
                names,
                tokens: expression,
            });
        }
        visit::visit_expr(self, expression);
    }
}

/// The names of a chain, the last one first: `(*user).name()` is of `name` and `user`.
fn chain(expression: &Expr) -> Vec<String> {
    let (name, base) = match expression {
        Expr::Field(field) => match &field.member {
            Member::Named(member) => (Some(member), &*field.base),
            Member::Unnamed(_) => (None, &*field.base),
        },
        Expr::MethodCall(call) => (Some(&call.method), &*call.receiver),
        Expr::Paren(inner) => return chain(&inner.expr),
        Expr::Group(inner) => return chain(&inner.expr),
        Expr::Unary(inner) => return chain(&inner.expr),
        Expr::Reference(inner) => return chain(&inner.expr),
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
    names.extend(chain(base));
    names
}
