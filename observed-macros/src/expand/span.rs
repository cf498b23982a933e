//! The block of `observed_span!`.

use observed_syntax::model::Span;
use proc_macro2::TokenStream;
use quote::quote;

use super::names::{self, Runtime};
use super::setup::{self, Entry};
use super::{policy, site};

/// ```text
/// Input:  observed_span!(name = "sum_rows", attrs(rows))
/// Output: { let guard = if may_record() { enter_values(&Site { .. }, [value(&rows)]) } else { no_span() }; guard }
/// ```
pub(super) fn expand(model: &Span) -> TokenStream {
    let runtime = &Runtime::at(model.runtime.as_ref());
    let guard = names::guard();
    let site = site::of_span(runtime, model);
    let Entry { enter, attributes } = setup::enter_with(runtime, model, &site);
    let current = setup::current_of(runtime, &guard);
    let setup = setup::statements(runtime, model, None, &current, attributes);
    let questions = policy::questions(
        runtime,
        policy::Asked {
            attributes: &model.attributes,
            ..policy::Asked::default()
        },
    );
    quote!({ #questions let #guard = #enter; #setup #guard })
}
