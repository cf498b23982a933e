//! What a body's locals are.

use syn::Expr;

use super::functions;
use super::place::dotted;

/// What is known of the locals of a body.
#[derive(Default)]
pub(super) struct Known {
    /// Those that are closures.
    pub(super) closures: Vec<String>,
    /// Those that are values of the program's own structures: what a method makes of one is the method's.
    pub(super) built: Vec<String>,
}

/// Whether an expression makes a structure.
pub(super) fn is_built(expression: &Expr, known: &Known) -> bool {
    match expression {
        Expr::Struct(_) => true,
        Expr::Reference(it) => is_built(&it.expr, known),
        Expr::Paren(it) => is_built(&it.expr, known),
        Expr::Call(it) => matches!(&*it.func, Expr::Path(path)
        if path.path.segments.last().is_some_and(|last| {
            functions::is_structure(&last.ident)
                && !["Some", "Ok", "Err", "Borrowed", "Owned"].iter().any(|name| last.ident == name)
        })),
        Expr::Path(_) => dotted(expression).is_some_and(|name| known.built.contains(&name)),
        _ => false,
    }
}
