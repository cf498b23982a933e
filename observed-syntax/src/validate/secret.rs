//! R7: calls that expose a secret.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Expr, PathArguments, PathSegment};

use crate::{Diagnostics, Rule};

/// Methods and functions that expose a secret.
const EXPOSING: &[&str] = &[
    "as_declassified",
    "as_declassified_mut",
    "declassify",
    "declassify_into",
    "declassify_mut",
    "declassify_ref",
    "expose",
    "expose_mut",
    "expose_secret",
    "expose_secret_mut",
    "into_declassified",
    "into_exposed",
    "into_unsecure",
    "leak_secret",
    "peek",
    "reveal",
    "reveal_mut",
    "reveal_secret",
    "unmask",
    "unprotect",
    "unprotected_as_bytes",
    "unprotected_as_ref",
    "unredact",
    "unredacted",
    "unseal",
    "unsecure",
    "unsecure_mut",
    "unveil",
];

/// R7: nothing of a secret is recorded, and nothing overrides that.
pub(super) fn is_not_exposed(value: &Expr, diagnostics: &mut Diagnostics) {
    for ident in exposing(value) {
        let message = format!(
            "`{ident}` takes a secret out of its wrapper, and nothing of a secret is recorded; leave it out"
        );
        diagnostics.report(Rule::UnwrapsSecret, &ident, message);
    }
}

/// The functions in an expression that expose a secret.
pub(super) fn exposing(value: &Expr) -> Vec<Ident> {
    let mut calls = Functions(Vec::new());
    calls.visit_expr(value);
    calls.0.retain(exposes);
    calls.0
}

/// Whether a function of this name exposes a secret.
pub(super) fn exposes(function: &Ident) -> bool {
    EXPOSING.contains(&function.unraw().to_string().as_str())
}

/// Whether a type is one of other people's wrappers of secrets, by its name: those that are nothing else, and those that have
/// a type in them, because a `Secret` alone may be a resource of a cluster.
pub(super) fn wraps(ty: &PathSegment) -> bool {
    const WRAPPERS: &[&str] = &[
        "ProtectedString",
        "SecBox",
        "SecStr",
        "SecUtf8",
        "SecVec",
        "SecretBox",
        "SecretSlice",
        "SecretString",
        "SecretVec",
        "Zeroizing",
    ];
    const GENERIC: &[&str] = &[
        "Classified",
        "Pii",
        "Protected",
        "Redacted",
        "Secret",
        "Sensitive",
    ];
    let has_type = matches!(ty.arguments, PathArguments::AngleBracketed(_));
    let name = ty.ident.unraw().to_string();
    let name = name.as_str();
    WRAPPERS.contains(&name) || (has_type && GENERIC.contains(&name))
}

/// Methods, and functions named by a path.
struct Functions(Vec<Ident>);

impl Visit<'_> for Functions {
    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        self.0.push(call.method.clone());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_path(&mut self, named: &syn::ExprPath) {
        // `map(Pii::expose)` names one without calling it, and so does `map(<Pii<_>>::expose)`; a variable alone is none.
        let path = &named.path;
        let last = path.segments.last().filter(|_| path.get_ident().is_none());
        self.0.extend(last.map(|last| last.ident.clone()));
        visit::visit_expr_path(self, named);
    }

    fn visit_expr_call(&mut self, call: &syn::ExprCall) {
        if let Expr::Path(function) = &*call.func {
            self.0.extend(function.path.get_ident().cloned());
        }
        visit::visit_expr_call(self, call);
    }
}
