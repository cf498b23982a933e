//! The fields that patterns take out of places.

use syn::ext::IdentExt;
use syn::{Expr, ExprField, Member, Pat};

use crate::bindings;

/// The field that a pattern takes `name` out of, where the pattern is matched with a place: the outermost one, because a
/// variant of an enum has no fields that a path could reach.
pub(super) fn taken_out(pattern: &Pat, source: &Expr, name: &str, taken: &mut Vec<ExprField>) {
    let binds = |pattern: &Pat| {
        let bound = bindings::of_pattern(pattern);
        bound.iter().any(|it| it.unraw() == name)
    };
    let of_source = |member: Member| ExprField {
        attrs: Vec::new(),
        base: Box::new(place(source).clone()),
        dot_token: syn::token::Dot::default(),
        member,
    };
    match pattern {
        Pat::Paren(it) => taken_out(&it.pat, source, name, taken),
        Pat::Reference(it) => taken_out(&it.pat, source, name, taken),
        Pat::Type(it) => taken_out(&it.pat, source, name, taken),
        Pat::Or(it) => it
            .cases
            .iter()
            .for_each(|case| taken_out(case, source, name, taken)),
        Pat::Struct(it) => {
            let fields = it.fields.iter().filter(|field| binds(&field.pat));
            taken.extend(fields.map(|field| of_source(field.member.clone())));
        }
        Pat::TupleStruct(it) => {
            let elements = it.elems.iter().enumerate();
            let elements = elements.filter(|(_, element)| binds(element));
            taken.extend(elements.map(|(position, _)| of_source(Member::from(position))));
        }
        _ => {}
    }
}

/// An expression without references and parentheses around it.
pub(super) fn place(expression: &Expr) -> &Expr {
    match expression {
        Expr::Reference(it) => place(&it.expr),
        Expr::Paren(it) => place(&it.expr),
        Expr::Group(it) => place(&it.expr),
        _ => expression,
    }
}
