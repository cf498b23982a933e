//! Texts in an expression that select what is recorded.

use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ExprLit, ExprMethodCall, Lit, LitStr};

/// Texts that select: `headers.get("authorization")`, `env::var("DATABASE_PASSWORD")`.
pub(super) fn selectors(value: &Expr) -> impl Iterator<Item = LitStr> {
    const LONGEST: usize = 64;
    let mut selectors = Selectors(Vec::new());
    selectors.visit_expr(value);
    let is_a_name = |text: &String| text.len() <= LONGEST && !text.contains(char::is_whitespace);
    selectors
        .0
        .into_iter()
        .filter(move |literal| is_a_name(&literal.value()))
}

/// Whether a text is a default of this method, or is compared with.
pub(super) fn is_no_selection(method: &str) -> bool {
    const OTHER: &[&str] = &[
        "unwrap_or",
        "map_or",
        "expect",
        "starts_with",
        "ends_with",
        "contains",
        "eq",
        "strip_prefix",
        "strip_suffix",
        "split",
        "join",
        "replace",
        "trim_start_matches",
        "trim_end_matches",
    ];
    OTHER.contains(&method)
}

/// Literals in the arguments of calls, but for those that are a default or are compared with.
struct Selectors(Vec<LitStr>);

impl Selectors {
    fn take<'a>(&mut self, arguments: impl Iterator<Item = &'a Expr>) {
        for argument in arguments {
            if let Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) = argument
            {
                self.0.push(text.clone());
            }
        }
    }
}

impl Visit<'_> for Selectors {
    fn visit_expr_call(&mut self, call: &ExprCall) {
        self.take(call.args.iter());
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        if !is_no_selection(&call.method.to_string()) {
            self.take(call.args.iter());
        }
        visit::visit_expr_method_call(self, call);
    }
}
