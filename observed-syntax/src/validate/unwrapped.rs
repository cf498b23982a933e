//! R9, R10: the wrappers around what is recorded: `public(...)` and its kin, and `not_pii(...)` outside of them.

use syn::{Expr, ExprLit, Lit};

use crate::model::Reading;
use crate::{Diagnostics, Rule};

/// An expression without the wrappers that were written around it.
pub(super) struct Unwrapped<'a> {
    pub(super) reading: Reading,
    /// The reason why it is harmless, where one was given.
    pub(super) not_pii: Option<String>,
    pub(super) value: &'a Expr,
}

/// Takes `not_pii(expr, "reason")` off, and what `public(...)` and its kin say of the rest.
pub(super) fn unwrapped<'a>(written: &'a Expr, diagnostics: &mut Diagnostics) -> Unwrapped<'a> {
    let Some(call) = call_of(written, NOT_PII) else {
        let (reading, value) = read_wrapper(written, diagnostics);
        return Unwrapped {
            reading,
            not_pii: None,
            value,
        };
    };
    let reason = match call.args.get(1) {
        Some(Expr::Lit(ExprLit {
            lit: Lit::Str(reason),
            ..
        })) => Some(reason.value()),
        _ => None,
    };
    let has_reason = reason
        .as_ref()
        .is_some_and(|reason| !reason.trim().is_empty());
    if call.args.len() != 2 || !has_reason {
        let message = "`not_pii` takes an expression and the reason why it is no personal data: \
                       not_pii(order.address, \"the shelf in the warehouse\")";
        diagnostics.report(Rule::NotPiiReason, call, message);
    }
    let (reading, value) = read_wrapper(call.args.first().unwrap_or(written), diagnostics);
    Unwrapped {
        reading,
        not_pii: Some(reason.unwrap_or_default()),
        value,
    }
}

/// Overrides the dictionary for one attribute.
const NOT_PII: &str = "not_pii";

fn call_of<'a>(value: &'a Expr, name: &str) -> Option<&'a syn::ExprCall> {
    match value {
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident(name)) => {
            Some(call)
        }
        _ => None,
    }
}

/// Takes a wrapper off an expression.
fn read_wrapper<'a>(value: &'a Expr, diagnostics: &mut Diagnostics) -> (Reading, &'a Expr) {
    let Some((wrapper, reading, call)) = wrapper_of(value) else {
        return (Reading::Plain, value);
    };
    if call.args.len() != 1 {
        let message = format!("`{wrapper}` takes one expression: {wrapper}(order.action)");
        diagnostics.report(Rule::WrapperArity, call, message);
        return (reading, value);
    }
    let inside = &call.args[0];
    let nested = wrapper_of(inside).map(|(wrapper, ..)| wrapper);
    if let Some(nested) = nested.or(call_of(inside, NOT_PII).map(|_| NOT_PII)) {
        let message =
            format!("`{nested}` inside `{wrapper}`: keep one of them; `not_pii` stands outside");
        diagnostics.report(Rule::WrapperNesting, inside, message);
    }
    (reading, inside)
}

fn wrapper_of(value: &Expr) -> Option<(&'static str, Reading, &syn::ExprCall)> {
    Reading::WRAPPERS
        .iter()
        .find_map(|(wrapper, reading)| Some((*wrapper, *reading, call_of(value, wrapper)?)))
}
