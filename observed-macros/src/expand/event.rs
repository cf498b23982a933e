//! The call of `observed_event!`.

use observed_syntax::model::Event;
use proc_macro2::TokenStream;
use quote::quote;

use super::names::Runtime;
use super::{attributes, policy, site};

/// ```text
/// Input:  observed_event!(name = "table_empty", attrs(rows))
/// Output: event(&Site { .. }, 1, &|_| value(&rows))
/// ```
pub(super) fn expand(model: &Event) -> TokenStream {
    let runtime = &Runtime::at(model.runtime.as_ref());
    let event = runtime.private("event");
    let site = site::of_event(runtime, model);
    let (count, closure) = (
        attributes::count(&model.attributes),
        attributes::closure(runtime, &model.attributes),
    );
    let questions = policy::questions(
        runtime,
        policy::Asked {
            attributes: &model.attributes,
            ..policy::Asked::default()
        },
    );
    if questions.is_empty() {
        return quote!(#event(#site, #count, #closure));
    }
    quote!({ #questions #event(#site, #count, #closure) })
}
