//! The parts of an expression that its value is made of.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{BinOp, Block, Expr, Stmt, Token};

use crate::validate::secret::exposes;

/// Functions and wrappers that give back what they were given.
const CONVERSIONS: &[&str] = &[
    "from",
    "new",
    "into",
    "into_inner",
    "to_owned",
    "to_string",
    "clone",
    "as_bytes",
    "as_ref",
    "as_str",
    "borrow",
    "deref",
    "identity",
    "black_box",
    "not_pii",
    "public",
    "public_static",
    "public_display",
];

/// The parts of an expression that its value is made of.
pub(in crate::validate) fn made_of(expression: &Expr, parts: &mut Vec<Expr>) {
    let mut all = |inner: &mut dyn Iterator<Item = &Expr>| inner.for_each(|it| made_of(it, parts));
    match expression {
        Expr::Reference(it) => made_of(&it.expr, parts),
        Expr::Paren(it) => made_of(&it.expr, parts),
        Expr::Group(it) => made_of(&it.expr, parts),
        Expr::Cast(it) => made_of(&it.expr, parts),
        Expr::Unary(it) => made_of(&it.expr, parts),
        Expr::Try(it) => made_of(&it.expr, parts),
        Expr::Await(it) => made_of(&it.base, parts),
        Expr::Index(it) => made_of(&it.expr, parts),
        Expr::MethodCall(it) if is_measure(&it.method) => {}
        // The call is what is refused, whatever it is called on.
        // A `peek` under another name is more often that of a queue.
        Expr::MethodCall(it) if exposes(&it.method) && it.method != "peek" => {
            parts.push(expression.clone());
        }
        Expr::MethodCall(it) => made_of(&it.receiver, parts),
        Expr::Binary(it) if is_comparison(it.op) => {}
        Expr::Binary(it) => all(&mut [&*it.left, &*it.right].into_iter()),
        Expr::Tuple(it) => all(&mut it.elems.iter()),
        Expr::Array(it) => all(&mut it.elems.iter()),
        Expr::Struct(it) => all(&mut it.fields.iter().map(|field| &field.expr)),
        Expr::Call(it) if exposes_by_path(&it.func) => parts.push(expression.clone()),
        Expr::Call(it) if gives_back(&it.func) => all(&mut it.args.iter()),
        Expr::Block(it) => last_of(&it.block, parts),
        Expr::Unsafe(it) => last_of(&it.block, parts),
        Expr::If(it) => {
            last_of(&it.then_branch, parts);
            if let Some((_, otherwise)) = &it.else_branch {
                made_of(otherwise, parts);
            }
        }
        Expr::Match(it) => all(&mut it.arms.iter().map(|arm| &*arm.body)),
        Expr::Macro(it) if it.mac.path.is_ident("matches") => {}
        Expr::Macro(it) => {
            // `format!` and its kin: what is shown by name is in the text, the rest are expressions.
            parts.push(expression.clone());
            let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
            let arguments = parser.parse2(it.mac.tokens.clone()).unwrap_or_default();
            arguments.iter().for_each(|it| made_of(it, parts));
        }
        Expr::Path(_) | Expr::Field(_) => parts.push(expression.clone()),
        _ => {}
    }
}

/// A count or a flag says how much there is of a value, or whether it is there: it is another value.
pub(in crate::validate) fn is_measure(method: &Ident) -> bool {
    let name = method.to_string();
    ["len", "count", "contains", "starts_with", "ends_with", "eq"].contains(&name.as_str())
        || name.starts_with("is_")
        || name.starts_with("has_")
}

fn is_comparison(operator: BinOp) -> bool {
    matches!(
        operator,
        BinOp::Eq(_)
            | BinOp::Ne(_)
            | BinOp::Lt(_)
            | BinOp::Le(_)
            | BinOp::Gt(_)
            | BinOp::Ge(_)
            | BinOp::And(_)
            | BinOp::Or(_)
    )
}

/// `Some`, a structure, or a conversion.
pub(in crate::validate) fn gives_back(function: &Expr) -> bool {
    let Expr::Path(path) = function else {
        return false;
    };
    path.path.segments.last().is_some_and(|last| {
        let name = last.ident.unraw().to_string();
        name.starts_with(char::is_uppercase) || CONVERSIONS.contains(&name.as_str())
    })
}

fn exposes_by_path(function: &Expr) -> bool {
    let Expr::Path(path) = function else {
        return false;
    };
    path.path
        .segments
        .last()
        .is_some_and(|last| exposes(&last.ident))
}

fn last_of(block: &Block, parts: &mut Vec<Expr>) {
    if let Some(Stmt::Expr(last, _)) = block.stmts.last() {
        made_of(last, parts);
    }
}
