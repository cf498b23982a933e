//! Expressions that mean the same at the head of a function.

use syn::Expr;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};

use super::functions::is_structure;

/// A name or a field of one, which means the same at the head whatever the body has of its own.
pub(super) fn is_path(expression: &Expr) -> bool {
    match expression {
        Expr::Path(_) => true,
        Expr::Field(it) => is_path(&it.base),
        Expr::Reference(it) => is_path(&it.expr),
        Expr::Paren(it) => is_path(&it.expr),
        _ => false,
    }
}

/// Whether an expression has the same type wherever it stands: methods that give what the context asks for do not.
pub(super) fn is_plain(expression: &Expr) -> bool {
    const PLAIN: &[&str] = &[
        "as_deref",
        "as_mut",
        "as_ref",
        "as_slice",
        "borrow",
        "borrow_mut",
        "by_ref",
        "clone",
        "cloned",
        "copied",
        "expect",
        "first",
        "get",
        "get_mut",
        "iter",
        "iter_mut",
        "into_iter",
        "last",
        "lock",
        "next",
        "ok",
        "peek",
        "read",
        "take",
        "unwrap",
        "values",
        "write",
    ];
    match expression {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Field(it) => is_plain(&it.base),
        Expr::Reference(it) => is_plain(&it.expr),
        Expr::Paren(it) => is_plain(&it.expr),
        Expr::Unary(it) => is_plain(&it.expr),
        Expr::Index(it) => is_plain(&it.expr) && is_plain(&it.index),
        Expr::Tuple(it) => it.elems.iter().all(is_plain),
        Expr::MethodCall(it) => {
            PLAIN.iter().any(|name| it.method == name)
                && is_plain(&it.receiver)
                && it.args.iter().all(is_plain)
        }
        _ => false,
    }
}

/// The variables of an expression.
#[derive(Default)]
pub(super) struct Free {
    pub(super) found: Vec<String>,
    /// Whether it binds names itself, steers the function, waits, or is not written out.
    pub(super) is_bound_here: bool,
}

impl Visit<'_> for Free {
    fn visit_expr(&mut self, expression: &Expr) {
        match expression {
            Expr::Path(it) => {
                if let Some(name) = it.path.get_ident() {
                    let name = name.unraw().to_string();
                    self.found.push(if name == "__self" {
                        "self".to_owned()
                    } else {
                        name
                    });
                }
            }
            Expr::Call(it) => {
                let is_known = matches!(&*it.func, Expr::Path(path)
                    if path.path.get_ident().is_none_or(is_structure));
                self.is_bound_here |= !is_known;
                it.args.iter().for_each(|it| self.visit_expr(it));
            }
            Expr::Field(_)
            | Expr::MethodCall(_)
            | Expr::Index(_)
            | Expr::Reference(_)
            | Expr::Paren(_)
            | Expr::Group(_)
            | Expr::Unary(_)
            | Expr::Lit(_)
            | Expr::Binary(_)
            | Expr::Cast(_)
            | Expr::Tuple(_)
            | Expr::Range(_) => visit::visit_expr(self, expression),
            _ => self.is_bound_here = true,
        }
    }
}
