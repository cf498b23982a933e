//! R7: the marks `#[pii]` of parameters, and names that patterns of parameters bind.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, FnArg, Member, Pat, Type};

use super::privacy::idents;
use crate::flags::Bound;
use crate::function::Function;
use crate::model::{BoundField, Late};
use crate::parse::Arguments;
use crate::{Diagnostics, Rule};
use syn::visit::Visit;

/// Reports every mention of a marked parameter: in the annotation, and in the spans, events and late attributes of the
/// body. A mention taints, whatever is done with it.
pub(super) fn flags_are_honoured(
    arguments: &Arguments,
    function: &Function,
    late: &[Late],
    diagnostics: &mut Diagnostics,
) {
    if function.flagged.is_empty() {
        return;
    }
    for expression in recorded(arguments) {
        report(expression.to_token_stream(), &function.flagged, diagnostics);
    }
    in_body(function.body.stream(), &function.flagged, late, diagnostics);
}

/// Everything that an annotation evaluates and records.
fn recorded(arguments: &Arguments) -> impl Iterator<Item = &Expr> {
    let attributes = arguments
        .attrs
        .get()
        .into_iter()
        .flatten()
        .map(|entry| &entry.value);
    attributes.chain(arguments.links.get())
}

fn report(tokens: TokenStream, flagged: &[Ident], diagnostics: &mut Diagnostics) {
    for mention in mentions(tokens, flagged) {
        let message = format_args!(
            "`{mention}` is a parameter marked #[pii]; nothing of it can be recorded, and nothing overrides the mark"
        );
        diagnostics.report(Rule::PiiParameter, &mention, message);
    }
}

/// Identifiers, and literals that name one as `format!` does.
fn mentions(tokens: TokenStream, flagged: &[Ident]) -> Vec<TokenTree> {
    let mut found = Vec::new();
    for token in tokens {
        let is_mention = match &token {
            TokenTree::Ident(ident) => flagged.contains(ident),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                flagged
                    .iter()
                    .any(|name| text.contains(&format!("{{{name}")))
            }
            TokenTree::Group(group) => {
                found.extend(mentions(group.stream(), flagged));
                false
            }
            TokenTree::Punct(_) => false,
        };
        if is_mention {
            found.push(token);
        }
    }
    found
}

/// Looks through the body for `observed_span!(..)`, `observed_event!(..)` and `handle.set(..)`; it reads and changes
/// nothing.
fn in_body(body: TokenStream, flagged: &[Ident], late: &[Late], diagnostics: &mut Diagnostics) {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    for (position, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        if is_recording(&tokens[..position], late) {
            report(group.stream(), flagged, diagnostics);
        } else {
            in_body(group.stream(), flagged, late, diagnostics);
        }
    }
}

/// True when the tokens before a group make it the argument of something that records.
fn is_recording(before: &[TokenTree], late: &[Late]) -> bool {
    match before {
        [.., TokenTree::Ident(word), TokenTree::Punct(bang)] if bang.as_char() == '!' => {
            word == "observed_span" || word == "observed_event"
        }
        [
            ..,
            TokenTree::Ident(handle),
            TokenTree::Punct(dot),
            TokenTree::Ident(set),
        ] if dot.as_char() == '.' && set == "set" => late.iter().any(|late| late.handle == *handle),
        _ => false,
    }
}

/// The fields that patterns of parameters bind and the annotation names, to be asked of their types; those of nested
/// patterns have no type that could be asked and are reported.
pub(super) fn bound_fields(
    arguments: &Arguments,
    function: &Function,
    diagnostics: &mut Diagnostics,
) -> Vec<BoundField> {
    let named: Vec<Ident> = recorded(arguments)
        .flat_map(|expression| idents(expression.to_token_stream()))
        .collect();
    let mut fields = Vec::new();
    for argument in &function.sig.inputs {
        if let FnArg::Typed(typed) = argument {
            walk(
                &typed.pat,
                Some(&typed.ty),
                &named,
                &mut fields,
                diagnostics,
            );
        }
    }
    fields
}

/// Goes through a pattern and its type side by side.
fn walk(
    pattern: &Pat,
    ty: Option<&Type>,
    named: &[Ident],
    fields: &mut Vec<BoundField>,
    diagnostics: &mut Diagnostics,
) {
    match pattern {
        Pat::Paren(inner) => walk(&inner.pat, ty, named, fields, diagnostics),
        Pat::Reference(inner) => {
            let referenced = match ty {
                Some(Type::Reference(reference)) => Some(&*reference.elem),
                _ => None,
            };
            walk(&inner.pat, referenced, named, fields, diagnostics);
        }
        Pat::Tuple(tuple) => {
            for (position, element) in tuple.elems.iter().enumerate() {
                let ty = match ty {
                    Some(Type::Tuple(types)) => types.elems.get(position),
                    _ => None,
                };
                walk(element, ty, named, fields, diagnostics);
            }
        }
        Pat::Struct(taken) => {
            let members = taken
                .fields
                .iter()
                .map(|field| (field.member.clone(), &*field.pat));
            for (member, pattern) in members {
                field(&member, pattern, ty, named, fields, diagnostics);
            }
        }
        Pat::TupleStruct(taken) => {
            for (position, pattern) in taken.elems.iter().enumerate() {
                field(
                    &Member::from(position),
                    pattern,
                    ty,
                    named,
                    fields,
                    diagnostics,
                );
            }
        }
        _ => {}
    }
}

fn field(
    member: &Member,
    pattern: &Pat,
    ty: Option<&Type>,
    named: &[Ident],
    fields: &mut Vec<BoundField>,
    diagnostics: &mut Diagnostics,
) {
    let mut bound = Bound(Vec::new());
    bound.visit_pat(pattern);
    let is_simple = matches!(pattern, Pat::Ident(_) | Pat::Wild(_) | Pat::Rest(_));
    for mention in named.iter().filter(|name| bound.0.contains(name)) {
        if let Some(ty) = ty.filter(|ty| is_simple && can_be_written(ty)) {
            fields.push(BoundField {
                owner: ty.clone(),
                member: member.clone(),
                named: mention.clone(),
            });
            continue;
        }
        let message = format_args!(
            "`{mention}` is taken out of a pattern whose type cannot be asked whether it is marked #[pii]; give the \
             parameter a plain name and write its path"
        );
        diagnostics.report(Rule::NestedPattern, mention, message);
    }
}

/// `impl Trait` stands in signatures only.
fn can_be_written(ty: &Type) -> bool {
    !ty.to_token_stream()
        .into_iter()
        .any(|token| matches!(token, TokenTree::Ident(word) if word == "impl"))
}
