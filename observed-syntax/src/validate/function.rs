//! R2, R4: the functions that can be observed without changing what they do.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Expr, GenericArgument, PathArguments, ReturnType, Type, TypeParamBound, TypePath};

use crate::body::async_trait_block;
use crate::function::Function;
use crate::model::{ObservedFn, Parent, Work};
use crate::{Diagnostics, Rule};

/// A `const fn` may run where there is no trace.
pub(super) fn is_not_const(function: &Function, diagnostics: &mut Diagnostics) {
    if let Some(constness) = &function.sig.constness {
        let message = "a `const fn` can run at compile time, where there is no trace; remove `const` or \
                       observe its caller";
        diagnostics.report(Rule::ConstFn, constness, message);
    }
}

/// Where the function does its work; a returned future must be asked for by the word `future`.
pub(super) fn work(
    future: Option<&Ident>,
    function: &Function,
    diagnostics: &mut Diagnostics,
) -> Work {
    let returned = returned(function);
    let found = match (function.is_async(), returned) {
        (true, _) => Work::Polls,
        (false, Returned::Value) => Work::Body,
        (false, Returned::ImplFuture) => Work::ReturnedFuture,
        (false, Returned::BoxedFuture) if async_trait_block(function).is_some() => Work::AsyncTrait,
        (false, Returned::BoxedFuture) => Work::BoxedFuture,
        (false, Returned::Stream) => {
            let message = "this function returns a stream, which has no single end that a span could have; observe \
                           the function that consumes it";
            diagnostics.report(Rule::ReturnsStream, &function.sig.output, message);
            return Work::Body;
        }
    };
    let asked_for = matches!(found, Work::ReturnedFuture | Work::BoxedFuture);
    match (asked_for, future) {
        (true, None) => {
            let message = "this function returns a future, so its span would measure the construction and not the \
                           work; add `future`, or make it an `async fn`";
            diagnostics.report(Rule::ReturnsFuture, &function.sig.output, message);
        }
        (false, Some(word)) => {
            let message = "`future` is for a plain function that returns `impl Future` or a boxed future; remove it";
            diagnostics.report(Rule::FutureMisplaced, word, message);
        }
        _ => {}
    }
    if asked_for && let Some(track_caller) = function.attribute("track_caller") {
        let message = "`future` on a #[track_caller] function would change what `Location::caller()` answers; remove \
                       one of them";
        diagnostics.report(Rule::FutureTrackCaller, track_caller, message);
    }
    found
}

/// R5: the code of an error may name nothing but the error: the arguments have moved into the body.
pub(super) fn code_names_error_only(
    model: &ObservedFn,
    function: &Function,
    diagnostics: &mut Diagnostics,
) {
    let Some(code) = model.err.as_ref().and_then(|err| err.code.as_ref()) else {
        return;
    };
    let bindings = function.bindings().into_iter();
    let hidden = bindings
        .map(|binding| binding.name)
        .filter(|name| name != "error");
    if let Some(ident) = first_named(code, hidden.collect()) {
        let message = format_args!(
            "`{ident}` has moved into the body when the code of an error is asked for; the expression may name `error` \
             and nothing of the function"
        );
        diagnostics.report(Rule::ErrCode, &ident, message);
    }
}

/// Reports an `err` that has no `Result` to look at, or that would be seen by the caller's location.
pub(super) fn err_fits(
    err: &Ident,
    function: &Function,
    work: Work,
    diagnostics: &mut Diagnostics,
) {
    if matches!(function.sig.output, ReturnType::Default) {
        let message =
            "`err` records that a `Result` failed, and this function returns nothing; remove `err`";
        diagnostics.report(Rule::ErrWithoutResult, err, message);
    }
    if work == Work::Body && function.attribute("track_caller").is_some() {
        let message = "`err` on a #[track_caller] function would change what `Location::caller()` answers; \
                       remove one of them";
        diagnostics.report(Rule::ErrTrackCaller, err, message);
    }
}

/// Reports a `parent` that names a variable of a parameter's pattern, where the patterns move into the body.
pub(super) fn parent_is_bound(
    model: &ObservedFn,
    function: &Function,
    diagnostics: &mut Diagnostics,
) {
    let patterns_move = model.err.is_some() || model.work != Work::Body;
    let Parent::Given(parent) = &model.span.parent else {
        return;
    };
    if !patterns_move {
        return;
    }
    let bindings = function.bindings().into_iter();
    let taken_out = bindings
        .filter(|binding| binding.is_taken_out)
        .map(|binding| binding.name);
    if let Some(ident) = first_named(parent, taken_out.collect()) {
        let message = format_args!(
            "`{ident}` is taken out of a pattern in the body, and the parent is needed before; give the parameter a \
             plain name and take it apart in the body"
        );
        diagnostics.report(Rule::ParentPattern, &ident, message);
    }
}

/// Returns the first of some variables that an expression names, as it is written there.
fn first_named(expression: &Expr, variables: Vec<Ident>) -> Option<Ident> {
    let mut named = Named {
        variables,
        first: None,
    };
    named.visit_expr(expression);
    named.first
}

struct Named {
    variables: Vec<Ident>,
    first: Option<Ident>,
}

impl Visit<'_> for Named {
    fn visit_path(&mut self, path: &syn::Path) {
        if let Some(ident) = path.get_ident()
            && self.variables.contains(ident)
        {
            self.first.get_or_insert_with(|| ident.clone());
        }
    }
}

/// What a function's return type says by its spelling; other aliases are a stated limit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Returned {
    Value,
    ImplFuture,
    BoxedFuture,
    Stream,
}

fn returned(function: &Function) -> Returned {
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
        if let TypeParamBound::Trait(bound) = bound
            && let Some(last) = bound.path.segments.last()
        {
            self.future |= last.ident == "Future";
            self.stream |= last.ident == "Stream";
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
