//! Places: names, and fields of them.

use syn::ext::IdentExt;
use syn::{Expr, Member, UnOp};

/// An expression without references, dereferences and parentheses around it.
pub(super) fn place(expression: &Expr) -> &Expr {
    match expression {
        Expr::Reference(it) => place(&it.expr),
        Expr::Paren(it) => place(&it.expr),
        Expr::Group(it) => place(&it.expr),
        Expr::Unary(it) if matches!(it.op, UnOp::Deref(_)) => place(&it.expr),
        _ => expression,
    }
}

/// `order.customer`, where an expression is a name or a field of one.
pub(super) fn dotted(expression: &Expr) -> Option<String> {
    match place(expression) {
        Expr::Path(path) => {
            let name = path.path.get_ident()?.unraw().to_string();
            // So `#[async_trait]` calls it.
            Some(if name == "__self" {
                "self".to_owned()
            } else {
                name
            })
        }
        Expr::Field(field) => {
            let member = match &field.member {
                Member::Named(name) => name.unraw().to_string(),
                Member::Unnamed(index) => index.index.to_string(),
            };
            Some(format!("{}.{member}", dotted(&field.base)?))
        }
        _ => None,
    }
}

/// The place that is written to where something is assigned to an expression or put into it.
pub(super) fn written(expression: &Expr) -> Option<String> {
    dotted(expression).or_else(|| match place(expression) {
        Expr::Field(it) => written(&it.base),
        Expr::Index(it) => written(&it.expr),
        Expr::MethodCall(it) => written(&it.receiver),
        Expr::Try(it) => written(&it.expr),
        Expr::Await(it) => written(&it.base),
        _ => None,
    })
}

/// `&mut text`, and methods that lend what they are called on.
pub(super) fn lends(source: &Expr) -> bool {
    match source {
        Expr::Reference(it) => it.mutability.is_some(),
        Expr::MethodCall(it) => {
            let name = it.method.to_string();
            name.ends_with("_mut")
                || ["lock", "write"].contains(&name.as_str())
                || lends(&it.receiver)
        }
        Expr::Paren(it) => lends(&it.expr),
        Expr::Try(it) => lends(&it.expr),
        Expr::Await(it) => lends(&it.base),
        _ => false,
    }
}

/// The name that a dotted place begins with.
pub(super) fn root(dotted: &str) -> &str {
    dotted.split('.').next().unwrap_or(dotted)
}

/// Whether one place is the other, a part of it, or around it.
pub(super) fn overlap(one: &str, other: &str) -> bool {
    let is_in = |outer: &str, inner: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    is_in(one, other) || is_in(other, one)
}
