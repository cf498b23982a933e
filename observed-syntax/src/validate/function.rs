//! R2, R4: the functions that can be observed without changing what they do.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{ReturnType, Type, TypeParamBound};

use crate::function::Function;
use crate::{Diagnostics, Rule};

/// Reports a function of an unsupported shape.
pub(super) fn is_supported(function: &Function, diagnostics: &mut Diagnostics) {
    if let Some(constness) = &function.sig.constness {
        let message = "a `const fn` can run at compile time, where there is no trace; remove `const` or \
                       observe its caller";
        diagnostics.report(Rule::ConstFn, constness, message);
    }
    if let (false, ReturnType::Type(_, output)) = (function.is_async(), &function.sig.output)
        && returns_future(output)
    {
        let message = "this function returns a future, so its span would measure the construction and not \
                       the work; make it an `async fn`";
        diagnostics.report(Rule::ReturnsFuture, output, message);
    }
}

/// Reports an `err` that has no `Result` to look at, or that would be seen by the caller's location.
pub(super) fn err_fits(err: &Ident, function: &Function, diagnostics: &mut Diagnostics) {
    if matches!(function.sig.output, ReturnType::Default) {
        let message =
            "`err` records that a `Result` failed, and this function returns nothing; remove `err`";
        diagnostics.report(Rule::ErrWithoutResult, err, message);
    }
    if !function.is_async() && function.attribute("track_caller").is_some() {
        let message = "`err` on a #[track_caller] function would change what `Location::caller()` answers; \
                       remove one of them";
        diagnostics.report(Rule::ErrTrackCaller, err, message);
    }
}

/// True for `impl Future`, `impl Stream`, `Pin<Box<dyn Future>>` and the `BoxFuture` aliases.
fn returns_future(output: &Type) -> bool {
    struct Found(bool);
    impl Visit<'_> for Found {
        fn visit_type_param_bound(&mut self, bound: &TypeParamBound) {
            if let TypeParamBound::Trait(bound) = bound
                && let Some(last) = bound.path.segments.last()
            {
                self.0 |= last.ident == "Future" || last.ident == "Stream";
            }
        }

        fn visit_path_segment(&mut self, segment: &syn::PathSegment) {
            self.0 |= segment.ident == "BoxFuture" || segment.ident == "LocalBoxFuture";
            // Only what is boxed or pinned is the returned value itself; `Vec<BoxFuture>` is data.
            if segment.ident == "Pin" || segment.ident == "Box" {
                visit::visit_path_segment(self, segment);
            }
        }
    }
    let mut found = Found(false);
    found.visit_type(output);
    found.0
}
