//! What an `Err` says of its span, as a closure over the error.

use observed_syntax::function::Function;
use observed_syntax::model::{Err, ObservedFn, Work};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};
use syn::visit::{self, Visit};
use syn::{AssocType, Type};

use super::names::{self, Runtime};
use super::output;
use super::policy::code_closure;

/// `|error| expr` for `err = expr`, and for plain `err` a question to the error's type, which must be known where it is asked.
pub(super) fn closure(runtime: &Runtime, err: &Err) -> TokenStream {
    code_closure(runtime, err).unwrap_or_else(|| asked(runtime, err, None))
}

/// The function of the runtime that observes a future, and how it judges the output.
pub(super) fn of_future(
    runtime: &Runtime,
    model: &ObservedFn,
    function: &Function,
    observes: &str,
) -> (TokenStream, TokenStream) {
    let Some(err) = &model.err else {
        let observes = runtime.private(observes).to_token_stream();
        return (observes, runtime.private("NoVerdict").to_token_stream());
    };
    let at = names::at(&err.keyword);
    let by = runtime.private_at(&format!("{observes}_by"), at);
    let verdict = code_closure(runtime, err).or_else(|| match model.work {
        Work::Body | Work::AsyncTrait => Some(asked(runtime, err, None)),
        Work::Polls => output::nameable(function)
            .filter(|output| output.is_complete)
            .map(|_| asked(runtime, err, None)),
        // What the future gives is settled where the function returns it, after the closure.
        Work::ReturnedFuture | Work::BoxedFuture => {
            output_of(function).map(|ty| asked(runtime, err, Some(&ty)))
        }
    });
    verdict.map_or_else(
        || {
            let observes = runtime.private_at(observes, at).to_token_stream();
            (
                observes,
                runtime.private_at("by_type", at).to_token_stream(),
            )
        },
        |verdict| (by.to_token_stream(), verdict),
    )
}

/// `|error| failure(error).code()`
fn asked(runtime: &Runtime, err: &Err, output: Option<&Type>) -> TokenStream {
    let (at, mut error) = (names::at(&err.keyword), names::failed());
    error.set_span(at);
    let [failure, fallible] = ["failure", "Fallible"].map(|item| runtime.private_at(item, at));
    let ty = output.map(|output| quote_spanned!(at=> : &<#output as #fallible>::Error));
    quote_spanned!(at=> |#error #ty| #failure(#error).code())
}

/// `T` of `impl Future<Output = T>` and of `Pin<Box<dyn Future<Output = T>>>`.
fn output_of(function: &Function) -> Option<Type> {
    let mut found = Outputs(None);
    found.visit_return_type(&function.sig.output);
    found.0.filter(output::is_complete)
}

struct Outputs(Option<Type>);

impl Visit<'_> for Outputs {
    fn visit_assoc_type(&mut self, binding: &AssocType) {
        if binding.ident == "Output" {
            self.0.get_or_insert_with(|| binding.ty.clone());
        } else {
            visit::visit_assoc_type(self, binding);
        }
    }
}
