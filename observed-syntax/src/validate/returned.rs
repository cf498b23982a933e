//! What a function's return type says by its spelling; other aliases are a stated limit.

use syn::visit::{self, Visit};
use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound, TypePath};

use crate::function::Function;

/// The kind of what a function returns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Returned {
    Value,
    ImplFuture,
    BoxedFuture,
    Stream,
}

/// Reads the return type.
pub(super) fn returned(function: &Function) -> Returned {
    let ReturnType::Type(_, output) = &function.sig.output else {
        return Returned::Value;
    };
    let mut found = Found {
        future: false,
        stream: false,
    };
    found.visit_type(output);
    match (found, &**output) {
        (Found { stream: true, .. }, _) => Returned::Stream,
        (Found { future: true, .. }, Type::ImplTrait(_)) => Returned::ImplFuture,
        (Found { future: true, .. }, Type::Path(path)) if is_boxed_future(path) => {
            Returned::BoxedFuture
        }
        _ => Returned::Value,
    }
}

/// `Pin<Box<..>>`, `BoxFuture` and `LocalBoxFuture`: what `Box::pin` makes.
fn is_boxed_future(path: &TypePath) -> bool {
    let Some(last) = path.path.segments.last() else {
        return false;
    };
    if last.ident != "Pin" {
        return last.ident == "BoxFuture" || last.ident == "LocalBoxFuture";
    }
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return false;
    };
    arguments.args.iter().any(|argument| match argument {
        GenericArgument::Type(Type::Path(inner)) => inner
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Box"),
        _ => false,
    })
}

/// `impl Future`, `Pin<Box<dyn Future>>`, `BoxFuture`, and the same for streams.
struct Found {
    future: bool,
    stream: bool,
}

impl Visit<'_> for Found {
    fn visit_type_param_bound(&mut self, bound: &TypeParamBound) {
        if let TypeParamBound::Trait(bound) = bound {
            if let Some(last) = bound.path.segments.last() {
                self.future |= last.ident == "Future";
                self.stream |= last.ident == "Stream";
            }
        }
    }

    fn visit_path_segment(&mut self, segment: &syn::PathSegment) {
        self.future |= segment.ident == "BoxFuture" || segment.ident == "LocalBoxFuture";
        self.stream |= segment.ident == "BoxStream" || segment.ident == "LocalBoxStream";
        // Only what is boxed or pinned is the returned value itself; `Vec<BoxFuture>` is data.
        if segment.ident == "Pin" || segment.ident == "Box" {
            visit::visit_path_segment(self, segment);
        }
    }
}
