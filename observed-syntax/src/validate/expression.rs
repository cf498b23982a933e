//! R5: an attribute expression cannot steer the function.
//!
//! Allowed are places, literals, calls, `&`, `*` and `as`. Where an annotation records more than names and literals, the
//! expansion also puts its expressions into an `Fn` closure, so that the compiler refuses what moves or mutates; a name or
//! a literal can do neither (ADR 013).

use syn::{Expr, UnOp};

use crate::{Diagnostics, Rule};

/// Reports every part of `expression` that is not allowed.
pub(super) fn cannot_steer(expression: &Expr, diagnostics: &mut Diagnostics) {
    match expression {
        Expr::Path(_) | Expr::Lit(_) => {}
        Expr::Field(field) => cannot_steer(&field.base, diagnostics),
        Expr::Paren(inner) => cannot_steer(&inner.expr, diagnostics),
        Expr::Group(inner) => cannot_steer(&inner.expr, diagnostics),
        Expr::Cast(cast) => cannot_steer(&cast.expr, diagnostics),
        Expr::Reference(reference) => {
            if let Some(mutability) = &reference.mutability {
                refuse(
                    mutability,
                    "`&mut` could change the function's data",
                    diagnostics,
                );
            }
            cannot_steer(&reference.expr, diagnostics);
        }
        Expr::Unary(unary) => match (&unary.op, &*unary.expr) {
            (UnOp::Deref(_), inner) => cannot_steer(inner, diagnostics),
            (UnOp::Neg(_), Expr::Lit(_)) => {}
            (operator, _) => refuse(operator, "arithmetic is not recorded", diagnostics),
        },
        Expr::Call(call) => {
            cannot_steer(&call.func, diagnostics);
            call.args
                .iter()
                .for_each(|argument| cannot_steer(argument, diagnostics));
        }
        Expr::MethodCall(call) => {
            cannot_steer(&call.receiver, diagnostics);
            call.args
                .iter()
                .for_each(|argument| cannot_steer(argument, diagnostics));
        }
        other => refuse(other, reason(other), diagnostics),
    }
}

fn refuse(tokens: impl quote::ToTokens, reason: &str, diagnostics: &mut Diagnostics) {
    let message = format!(
        "{reason}; an attribute is a place, a literal or a call, with `&`, `*` or `as`: compute it in the \
         function and record the result"
    );
    diagnostics.report(Rule::Expression, tokens, message);
}

/// Says why an expression is refused, by what the person typed.
fn reason(expression: &Expr) -> &'static str {
    match expression {
        Expr::Try(_) => "`?` could leave the function",
        Expr::Return(_) => "`return` would leave the function",
        Expr::Break(_) | Expr::Continue(_) => "`break` and `continue` would steer the function",
        Expr::Await(_) => "`.await` would suspend the function",
        Expr::Assign(_) => "an assignment would change the function's data",
        Expr::Macro(_) => "a macro hides what is recorded",
        Expr::Closure(_) => "a closure hides what is recorded",
        Expr::Index(_) => "indexing can panic",
        Expr::Binary(_) => "arithmetic and comparison can panic or run other code",
        Expr::Block(_) | Expr::Unsafe(_) | Expr::Async(_) | Expr::Const(_) => {
            "a block can do anything"
        }
        Expr::If(_) | Expr::Match(_) | Expr::While(_) | Expr::Loop(_) | Expr::ForLoop(_) => {
            "control flow does not belong into an attribute"
        }
        _ => "this expression is not allowed here",
    }
}
