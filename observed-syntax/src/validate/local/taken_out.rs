//! The fields that patterns take out of places.

use syn::ext::IdentExt;
use syn::{Expr, ExprField, Member, Pat};

use crate::bindings;

/// The field that a pattern takes `name` out of, where the pattern is matched with a place.
pub(super) fn taken_out(pattern: &Pat, source: &Expr, name: &str, taken: &mut Vec<ExprField>) {
    let binds = |pattern: &Pat| {
        let bound = bindings::of_pattern(pattern);
        bound.iter().any(|it| it.unraw() == name)
    };
    let take = |member: Member, inner: &Pat, taken: &mut Vec<ExprField>| {
        let field: ExprField = ExprField {
            attrs: Vec::new(),
            base: Box::new(place(source).clone()),
            dot_token: syn::token::Dot::default(),
            member,
        };
        taken.push(field.clone());
        taken_out(inner, &Expr::Field(field), name, taken);
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
            for field in it.fields.iter().filter(|field| binds(&field.pat)) {
                take(field.member.clone(), &field.pat, taken);
            }
        }
        Pat::TupleStruct(it) => {
            for (position, element) in it.elems.iter().enumerate() {
                if binds(element) {
                    take(Member::from(position), element, taken);
                }
            }
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
