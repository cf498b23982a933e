//! What a function's return type says by its spelling; other aliases are a stated limit.

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    GenericArgument, PathArguments, PathSegment, ReturnType, Token, Type, TypeParamBound, TypePath,
};

use crate::function::Function;

/// The kind of what a function returns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Returned {
    Value,
    ImplFuture,
    BoxedFuture,
    /// A future that nobody can wrap: inside another value, or in a box that is not pinned.
    OutOfReach,
    Stream,
}

/// Reads the return type.
pub(super) fn returned(function: &Function) -> Returned {
    let ReturnType::Type(_, output) = &function.sig.output else {
        return Returned::Value;
    };
    let mut streams = Streams(false);
    streams.visit_type(output);
    if streams.0 {
        return Returned::Stream;
    }
    match inner(output) {
        Type::ImplTrait(ty) if has_bound(&ty.bounds, &["Future"]) => Returned::ImplFuture,
        Type::Path(path) if is_boxed_future(path) => Returned::BoxedFuture,
        ty if holds_future(ty) => Returned::OutOfReach,
        _ => Returned::Value,
    }
}

/// A type without parentheses and without what a `macro_rules` puts around it.
fn inner(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => inner(&group.elem),
        Type::Paren(paren) => inner(&paren.elem),
        other => other,
    }
}

/// `Pin<Box<..>>` of a future, `BoxFuture` and `LocalBoxFuture`: what `Box::pin` makes.
fn is_boxed_future(path: &TypePath) -> bool {
    let Some(last) = path.path.segments.last() else {
        return false;
    };
    if last.ident != "Pin" {
        return is_alias(last);
    }
    let mut boxes = types(last).filter_map(|ty| match inner(ty) {
        Type::Path(inner) => inner.path.segments.last(),
        _ => None,
    });
    boxes.any(|last| {
        last.ident == "Box"
            && types(last).any(|ty| {
                matches!(inner(ty), Type::TraitObject(_) | Type::ImplTrait(_)) && holds_future(ty)
            })
    })
}

/// Whether a value of this type is a future, or goes with one that its receiver is to await. `Vec<BoxFuture>` is data.
fn holds_future(ty: &Type) -> bool {
    const HOLDERS: &[&str] = &["Box", "Option", "Pin", "Result"];
    const FUTURES: &[&str] = &["Future", "IntoFuture"];
    match inner(ty) {
        Type::ImplTrait(ty) => has_bound(&ty.bounds, FUTURES),
        Type::TraitObject(ty) => has_bound(&ty.bounds, FUTURES),
        Type::Tuple(tuple) => tuple.elems.iter().any(holds_future),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let holds = HOLDERS.iter().any(|name| last.ident == name);
            is_alias(last) || holds && types(last).any(holds_future)
        }),
        _ => false,
    }
}

fn is_alias(segment: &PathSegment) -> bool {
    segment.ident == "BoxFuture" || segment.ident == "LocalBoxFuture"
}

fn has_bound(bounds: &Punctuated<TypeParamBound, Token![+]>, names: &[&str]) -> bool {
    bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => {
            let last = bound.path.segments.last();
            last.is_some_and(|last| names.iter().any(|name| last.ident == name))
        }
        _ => false,
    })
}

/// The types between the angle brackets of a segment.
fn types(segment: &PathSegment) -> impl Iterator<Item = &Type> {
    let arguments = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    };
    arguments
        .into_iter()
        .flatten()
        .filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        })
}

/// `impl Stream`, `Pin<Box<dyn Stream>>`, `BoxStream`.
struct Streams(bool);

impl Visit<'_> for Streams {
    fn visit_type_param_bound(&mut self, bound: &TypeParamBound) {
        if let TypeParamBound::Trait(bound) = bound {
            if let Some(last) = bound.path.segments.last() {
                self.0 |= last.ident == "Stream";
            }
        }
    }

    fn visit_path_segment(&mut self, segment: &PathSegment) {
        self.0 |= segment.ident == "BoxStream" || segment.ident == "LocalBoxStream";
        // Only what is boxed or pinned is the returned value itself; `Vec<BoxStream>` is data.
        if segment.ident == "Pin" || segment.ident == "Box" {
            visit::visit_path_segment(self, segment);
        }
    }
}
