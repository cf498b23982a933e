//! The pieces of a wrapped future: the start of its span, the wrapper's call, the hint of its output's type.

use observed_syntax::function::Function;
use observed_syntax::model::{ObservedFn, Parent};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::names::{self, Runtime};
use super::setup::{self, Attributes};
use super::{output, policy, verdict};

/// The statements that give the span what is recorded, once it is current.
pub(super) fn setup_current(runtime: &Runtime, model: &ObservedFn) -> TokenStream {
    let (current, site) = (runtime.private("current"), names::site());
    let questions = policy::questions(runtime, policy::Asked::of(model));
    let setup = setup::statements(
        runtime,
        &model.span,
        Some(model),
        &quote!(#current(&#site)),
        Attributes::AfterEntry,
    );
    quote!(#questions #setup)
}

/// The call of `observe` or `observe_call`.
pub(super) fn observe(
    runtime: &Runtime,
    model: &ObservedFn,
    function: &Function,
    observes: &str,
    begun: &TokenStream,
    work: &TokenStream,
) -> TokenStream {
    let (observes, judge) = verdict::of_future(runtime, model, function, observes);
    quote!(#observes(#begun, #work, #judge))
}

/// The start of the span. In a block of its own where it borrows for the parent or the name, so that the borrow is over when
/// the arguments move on.
pub(super) fn begin(runtime: &Runtime, model: &ObservedFn) -> TokenStream {
    let (site, span) = (names::site(), names::guard());
    let site = setup::named_site(runtime, &model.span, &quote!(&#site));
    let begun = match &model.span.parent {
        Parent::Current => {
            let begin = runtime.private("begin");
            quote!(#begin(#site))
        }
        Parent::Root => {
            let begin = runtime.private("begin_root");
            quote!(#begin(#site))
        }
        Parent::Given(parent) => {
            let begin = runtime.private("begin_under");
            let parent = setup::parent_closure(runtime, parent);
            quote!(#begin(#site, #parent))
        }
    };
    let borrows = model.span.route.is_some() || matches!(model.span.parent, Parent::Given(_));
    if borrows {
        quote!({ let #span = #begun; #span })
    } else {
        begun
    }
}

/// The start of the span at the first poll, which nothing of the function's is needed for.
pub(super) fn later(runtime: &Runtime, model: &ObservedFn) -> TokenStream {
    let site = names::site();
    let later = runtime.private(match model.span.parent {
        Parent::Root => "later_root",
        Parent::Current | Parent::Given(_) => "later",
    });
    quote!(#later(&#site))
}

/// Tells the inner block its type, so that a type error points into the body and not at its end.
pub(super) fn return_hint(function: &Function) -> TokenStream {
    let mut result = names::result();
    if output::is_unit(&function.sig.output) {
        return quote!(if false {
            return;
        });
    }
    let Some(output::Output { ty, .. }) = output::nameable(function) else {
        return TokenStream::new();
    };
    result.set_span(names::at(&ty));
    // With the span of the type, where what the compiler says of it then stands.
    quote_spanned! {names::at(&ty)=>
        if let ::core::option::Option::Some(#result) = ::core::option::Option::None::<#ty> {
            return #result;
        }
    }
}
