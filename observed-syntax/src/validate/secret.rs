//! R7: calls that expose a secret.

use proc_macro2::Ident;
use syn::Expr;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};

use crate::{Diagnostics, Rule};

/// Methods and functions that expose a secret.
const EXPOSING: &[&str] = &[
    "declassify",
    "declassify_into",
    "declassify_mut",
    "declassify_ref",
    "expose",
    "expose_mut",
    "expose_secret",
    "expose_secret_mut",
    "into_exposed",
    "leak_secret",
    "peek",
    "reveal",
    "reveal_secret",
    "unprotect",
    "unredacted",
    "unseal",
    "unsecure",
];

/// R7: nothing of a secret is recorded, and nothing overrides that.
pub(super) fn is_not_exposed(value: &Expr, diagnostics: &mut Diagnostics) {
    let mut calls = Functions(Vec::new());
    calls.visit_expr(value);
    for ident in calls.0 {
        if EXPOSING.iter().any(|function| ident.unraw() == function) {
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
