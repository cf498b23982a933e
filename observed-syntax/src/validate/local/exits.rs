//! The values with which a block is left before its end.

use syn::visit::{self, Visit};
use syn::{Block, Expr};

/// What `break` gives, or `return` where the block is a function's.
pub(super) fn exits(block: &Block, is_function: bool) -> Vec<Expr> {
    let mut exits = Exits {
        is_function,
        found: Vec::new(),
    };
    exits.visit_block(block);
    exits.found
}

struct Exits {
    is_function: bool,
    found: Vec<Expr>,
}

impl Visit<'_> for Exits {
    fn visit_expr(&mut self, expression: &Expr) {
        match expression {
            Expr::Break(it) if !self.is_function => self.found.extend(it.expr.as_deref().cloned()),
            Expr::Return(it) if self.is_function => self.found.extend(it.expr.as_deref().cloned()),
            Expr::Closure(_) | Expr::Async(_) => {}
            _ => visit::visit_expr(self, expression),
        }
    }
}
