//! R2, R4: the functions that can be observed without changing what they do.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Attribute, ReturnType};

use super::returned::{Returned, returned};
use crate::function::Function;
use crate::model::Work;
use crate::tokens::{idents, maker_of};
use crate::{Diagnostics, Rule};

/// A `const fn` may run where there is no trace.
pub(super) fn is_not_const(function: &Function, diagnostics: &mut Diagnostics) {
    if let Some(constness) = &function.sig.constness {
        let message = "a `const fn` can run at compile time, where there is no trace; remove `const` or \
                       observe its caller";
        diagnostics.report(Rule::ConstFn, constness, message);
    }
}

/// The body of a naked function is one macro call, and nothing may stand beside it.
pub(super) fn is_not_naked(function: &Function, diagnostics: &mut Diagnostics) {
    let is_naked = |attribute: &&Attribute| {
        attribute.path().is_ident("naked")
            || attribute.path().is_ident("unsafe")
                && idents(attribute.to_token_stream())
                    .iter()
                    .any(|it| it == "naked")
    };
    if let Some(attribute) = function.attrs.iter().find(is_naked) {
        let message = "a naked function has no room for a span: its body is one `naked_asm!`; observe its caller";
        diagnostics.report(Rule::NakedFn, attribute, message);
    }
}

/// Where the function does its work; a returned future must be asked for by the keyword `future`.
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
        (false, Returned::BoxedFuture) if function.boxed.is_some() => Work::AsyncTrait,
        (false, Returned::BoxedFuture) => Work::BoxedFuture,
        (false, Returned::OutOfReach) => {
            let message = "this function returns a future in a form that no span can be put around, so the span would measure \
                           the construction and not the work; return `impl Future` or `Pin<Box<dyn Future>>` and add \
                           `future`, or observe the future where it is awaited: \
                           future.observed(observed_span!(name = \"verb_object\")).await";
            diagnostics.report(Rule::ReturnsFuture, &function.sig.output, message);
            return Work::Body;
        }
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
            if let Some(other) = maker_of(function.sig.output.to_token_stream()) {
                let message = format!(
                    "#[{other}] has made this function return a future, so its span would measure the construction and not \
                     the work; write #[observed] above #[{other}], or add `future`"
                );
                diagnostics.report(Rule::ReturnsFuture, &function.sig.ident, message);
            } else {
                let message = "this function returns a future, so its span would measure the construction and not the \
                               work; add `future`, or make it an `async fn`";
                diagnostics.report(Rule::ReturnsFuture, &function.sig.output, message);
            }
        }
        (false, Some(keyword)) => {
            let message = "`future` is for a plain function that returns `impl Future` or a boxed future; remove it";
            diagnostics.report(Rule::FutureMisplaced, keyword, message);
        }
        _ => {}
    }
    if let Some(track_caller) = function.attribute("track_caller").filter(|_| asked_for) {
        let message = "`future` on a #[track_caller] function would change what `Location::caller()` answers; remove \
                       one of them";
        diagnostics.report(Rule::FutureTrackCaller, track_caller, message);
    }
    found
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
