//! R7: names that patterns of parameters bind, and the fields that they are.

use proc_macro2::{Ident, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Expr, FnArg, Member, Pat, PatTuple, PatTupleStruct, Type};

use super::recorded::evaluated;
use crate::function::Function;
use crate::model::BoundField;
use crate::parse::Arguments;
use crate::tokens::idents;
use crate::{Diagnostics, Rule, bindings};

/// The fields that patterns of parameters bind and the annotation or the body records, to be asked of their types; those
/// of nested patterns have no type that could be asked and are reported.
pub(super) fn bound_fields(
    arguments: &Arguments,
    function: &Function,
    body: &[&Expr],
    diagnostics: &mut Diagnostics,
) -> Vec<BoundField> {
    let takes_apart =
        |argument: &FnArg| matches!(argument, FnArg::Typed(typed) if !is_plain(&typed.pat));
    if !function.written.inputs.iter().any(takes_apart) {
        return Vec::new();
    }
    let expressions = evaluated(arguments).chain(body.iter().copied());
    let mut walk = Walk {
        named: expressions
            .flat_map(|expression| idents(expression.to_token_stream()))
            .collect(),
        fields: Vec::new(),
        diagnostics,
    };
    for argument in &function.written.inputs {
        if let FnArg::Typed(typed) = argument {
            walk.pattern(&typed.pat, Some(&typed.ty));
        }
    }
    walk.fields
}

/// Goes through patterns and their types side by side.
struct Walk<'a> {
    named: Vec<Ident>,
    fields: Vec<BoundField>,
    diagnostics: &'a mut Diagnostics,
}

impl Walk<'_> {
    fn pattern(&mut self, pattern: &Pat, ty: Option<&Type>) {
        match pattern {
            Pat::Paren(inner) => self.pattern(&inner.pat, ty),
            Pat::Ident(binding) => {
                if let Some((_, inner)) = &binding.subpat {
                    self.pattern(inner, ty);
                }
            }
            Pat::Reference(inner) => self.pattern(&inner.pat, ty.and_then(referenced)),
            Pat::Tuple(tuple) => self.tuple(tuple, ty),
            Pat::Struct(taken) => {
                for field in &taken.fields {
                    self.field(&field.member, &field.pat, ty);
                }
            }
            Pat::TupleStruct(taken) => self.tuple_struct(taken, ty),
            Pat::Slice(slice) => {
                let element = ty.and_then(element_type);
                slice
                    .elems
                    .iter()
                    .for_each(|pattern| self.pattern(pattern, element));
            }
            Pat::Wild(_) | Pat::Rest(_) => {}
            // Alternatives and whatever else there will be: nothing is known of what they bind.
            other => self.field(&Member::from(0), other, None),
        }
    }

    /// After `..` positions count from the end, and the pattern does not say of what.
    fn tuple(&mut self, tuple: &PatTuple, ty: Option<&Type>) {
        let rest = rest_in(&tuple.elems);
        for (position, element) in tuple.elems.iter().enumerate() {
            let ty = match ty {
                Some(Type::Tuple(types)) if position < rest => types.elems.get(position),
                _ => None,
            };
            self.pattern(element, ty);
        }
    }

    fn tuple_struct(&mut self, taken: &PatTupleStruct, ty: Option<&Type>) {
        let rest = rest_in(&taken.elems);
        for (position, pattern) in taken.elems.iter().enumerate() {
            self.field(
                &Member::from(position),
                pattern,
                ty.filter(|_| position < rest),
            );
        }
    }

    fn field(&mut self, member: &Member, pattern: &Pat, ty: Option<&Type>) {
        let bound = bindings::of_pattern(pattern);
        let bound: Vec<Ident> = bound.iter().map(IdentExt::unraw).collect();
        for mention in self
            .named
            .iter()
            .filter(|name| bound.contains(&name.unraw()))
        {
            if let Some(ty) = ty.filter(|ty| is_plain(pattern) && can_be_written(ty)) {
                self.fields.push(BoundField {
                    owner: ty.clone(),
                    member: member.clone(),
                    named: mention.clone(),
                });
                continue;
            }
            let message = format!(
                "`{mention}` is taken out of a pattern whose type cannot be asked whether it is marked #[pii]; give the \
                 parameter a plain name and write its path"
            );
            self.diagnostics
                .report(Rule::NestedPattern, mention, message);
        }
    }
}

/// Finds the position of `..`.
fn rest_in<'a>(elements: impl IntoIterator<Item = &'a Pat>) -> usize {
    let mut elements = elements.into_iter();
    elements
        .position(|element| matches!(element, Pat::Rest(_)))
        .unwrap_or(usize::MAX)
}

fn referenced(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Reference(reference) => Some(&reference.elem),
        _ => None,
    }
}

fn element_type(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Reference(reference) => element_type(&reference.elem),
        Type::Array(array) => Some(&array.elem),
        Type::Slice(slice) => Some(&slice.elem),
        _ => None,
    }
}

/// A name, or a tuple of names: a tuple has no marks of its own.
fn is_plain(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(binding) => binding.subpat.is_none(),
        Pat::Wild(_) | Pat::Rest(_) => true,
        Pat::Tuple(tuple) => tuple.elems.iter().all(is_plain),
        _ => false,
    }
}

/// `impl Trait` stands in signatures only.
fn can_be_written(ty: &Type) -> bool {
    let mut tokens = ty.to_token_stream().into_iter();
    !tokens.any(|token| matches!(token, TokenTree::Ident(ident) if ident == "impl"))
}
