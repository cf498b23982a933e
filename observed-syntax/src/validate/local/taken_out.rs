//! The fields that patterns take out of what they are matched with, however deep.

use proc_macro2::{Ident, Span};
use syn::{FieldPat, Member, Pat, PatStruct, PatTupleStruct};

use super::bound::names_of;

/// A field that a pattern takes out of the value at one place of it.
pub(super) struct Taken {
    /// The pattern, with a name where the owner of the field stands.
    pub(super) pattern: Pat,
    /// The field of that.
    pub(super) member: Member,
}

/// The name of the owner of a field.
pub(super) fn owner() -> Ident {
    Ident::new("__observed_owner", Span::mixed_site())
}

/// Whether the owner is all that the pattern is matched with.
pub(super) fn is_whole(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(it) => it.ident == "__observed_owner",
        Pat::Reference(it) => is_whole(&it.pat),
        _ => false,
    }
}

/// The fields out of which a pattern takes `name`, the outermost first.
pub(super) fn taken_out(pattern: &Pat, name: &str) -> Vec<Taken> {
    match pattern {
        Pat::Paren(it) => taken_out(&it.pat, name),
        Pat::Reference(it) => within(&it.pat, name, |inner| {
            let mut outer = it.clone();
            *outer.pat = inner;
            Pat::Reference(outer)
        }),
        Pat::Type(it) => within(&it.pat, name, |inner| {
            let mut outer = it.clone();
            *outer.pat = inner;
            Pat::Type(outer)
        }),
        Pat::Or(it) => it
            .cases
            .iter()
            .flat_map(|case| taken_out(case, name))
            .collect(),
        Pat::Ident(it) => it
            .subpat
            .as_ref()
            .map_or_else(Vec::new, |(_, inner)| taken_out(inner, name)),
        Pat::Struct(it) => fields(it, name),
        Pat::TupleStruct(it) => variants(it, name),
        Pat::Tuple(it) => elements(&it.elems, name, |position, inner| {
            let mut outer = it.clone();
            outer.elems[position] = inner;
            Pat::Tuple(outer)
        }),
        Pat::Slice(it) => elements(&it.elems, name, |position, inner| {
            let mut outer = it.clone();
            outer.elems[position] = inner;
            Pat::Slice(outer)
        }),
        _ => Vec::new(),
    }
}

fn fields(pattern: &PatStruct, name: &str) -> Vec<Taken> {
    let mut taken = Vec::new();
    for (position, field) in pattern.fields.iter().enumerate() {
        if !names_of(&field.pat).iter().any(|it| it == name) {
            continue;
        }
        taken.push(of(field.member.clone()));
        taken.extend(within(&field.pat, name, |inner| {
            let mut outer = pattern.clone();
            outer.fields[position] = FieldPat {
                pat: Box::new(inner),
                colon_token: Some(syn::token::Colon::default()),
                ..field.clone()
            };
            Pat::Struct(outer)
        }));
    }
    taken
}

fn variants(pattern: &PatTupleStruct, name: &str) -> Vec<Taken> {
    let mut taken = Vec::new();
    for (position, element) in pattern.elems.iter().enumerate() {
        if !names_of(element).iter().any(|it| it == name) {
            continue;
        }
        taken.push(of(Member::from(position)));
        taken.extend(within(element, name, |inner| {
            let mut outer = pattern.clone();
            outer.elems[position] = inner;
            Pat::TupleStruct(outer)
        }));
    }
    taken
}

fn of(member: Member) -> Taken {
    let pattern = Pat::Ident(syn::PatIdent {
        attrs: Vec::new(),
        by_ref: None,
        mutability: None,
        ident: owner(),
        subpat: None,
    });
    Taken { pattern, member }
}

fn within(pattern: &Pat, name: &str, around: impl Fn(Pat) -> Pat) -> Vec<Taken> {
    let taken = taken_out(pattern, name).into_iter();
    let around = |taken: Taken| Taken {
        pattern: around(taken.pattern),
        member: taken.member,
    };
    taken.map(around).collect()
}

fn elements<'a>(
    patterns: impl IntoIterator<Item = &'a Pat>,
    name: &str,
    around: impl Fn(usize, Pat) -> Pat,
) -> Vec<Taken> {
    let patterns = patterns.into_iter().enumerate();
    let taken =
        patterns.flat_map(|(position, it)| within(it, name, |inner| around(position, inner)));
    taken.collect()
}
