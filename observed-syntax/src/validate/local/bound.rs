//! The patterns of a body, and what they are matched with.

use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Expr, Pat};

use crate::bindings;

/// Patterns, and what they are matched with.
pub(super) struct Bound(pub(super) Vec<(Pat, Expr)>);

impl Bound {
    fn add(&mut self, pattern: &Pat, source: &Expr) {
        self.0.push((pattern.clone(), source.clone()));
    }

    pub(super) fn names(&self) -> Vec<String> {
        let patterns = self.0.iter().map(|(pattern, _)| pattern);
        let bound = patterns.flat_map(bindings::of_pattern);
        bound.map(|name| name.unraw().to_string()).collect()
    }
}

impl Visit<'_> for Bound {
    fn visit_local(&mut self, local: &syn::Local) {
        if let Some(init) = &local.init {
            self.add(&local.pat, &init.expr);
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_let(&mut self, condition: &syn::ExprLet) {
        self.add(&condition.pat, &condition.expr);
        visit::visit_expr_let(self, condition);
    }

    fn visit_expr_match(&mut self, matched: &syn::ExprMatch) {
        for arm in &matched.arms {
            self.add(&arm.pat, &matched.expr);
        }
        visit::visit_expr_match(self, matched);
    }

    fn visit_expr_for_loop(&mut self, repeated: &syn::ExprForLoop) {
        self.add(&repeated.pat, &repeated.expr);
        visit::visit_expr_for_loop(self, repeated);
    }

    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        for argument in &call.args {
            if let Expr::Closure(closure) = argument {
                for input in &closure.inputs {
                    self.add(input, &call.receiver);
                }
            }
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_assign(&mut self, assigned: &syn::ExprAssign) {
        if let Expr::Path(path) = &*assigned.left
            && let Some(name) = path.path.get_ident()
        {
            let pattern = Pat::Ident(syn::PatIdent {
                attrs: Vec::new(),
                by_ref: None,
                mutability: None,
                ident: name.clone(),
                subpat: None,
            });
            self.add(&pattern, &assigned.right);
        }
        visit::visit_expr_assign(self, assigned);
    }
}
