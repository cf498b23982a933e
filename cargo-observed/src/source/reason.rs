//! Whether an override of the dictionary overrides anything: the grammar is asked what it would say without it.

use observed_syntax::model::{Attribute, Late};
use observed_syntax::parse::{self, Form, LateType};
use observed_syntax::{Diagnostics, function, validate};
use proc_macro2::{Ident, Span};
use quote::quote;

use super::wrapper::wrapper;

/// Whether the dictionary would refuse the attribute, or ask its type.
pub(super) fn of_attribute(attribute: &Attribute) -> bool {
    let (key, value) = (&attribute.key, &attribute.value);
    let value = wrapper(attribute.reading).map_or_else(
        || quote!(#value),
        |word| {
            let word = Ident::new(word, Span::call_site());
            quote!(#word(#value))
        },
    );
    let mut diagnostics = Diagnostics::default();
    let tokens = quote!(name = "asked", attrs(#key = #value));
    let arguments = parse::arguments(tokens, Form::Span, &mut diagnostics);
    let model = validate::span(&arguments, &mut diagnostics);
    model.is_none_or(|model| model.attributes.iter().any(|it| it.suspicion.is_some()))
}

/// Whether the dictionary would refuse the late key, or ask its type.
pub(super) fn of_late(late: &Late) -> bool {
    let key = &late.key;
    let ty = match &late.ty {
        LateType::Text => quote!(text),
        LateType::Error => quote!(error),
        LateType::Value(ty) => quote!(#ty),
    };
    let mut diagnostics = Diagnostics::default();
    let tokens = quote!(name = "asked", late(#key: #ty));
    let arguments = parse::arguments(tokens, Form::Attribute, &mut diagnostics);
    let Some(function) = function::read(
        quote!(
            fn asked() {}
        ),
        &mut diagnostics,
    ) else {
        return true;
    };
    let model = validate::observed_fn(&arguments, &function, &[], &mut diagnostics);
    model.is_none_or(|model| model.late.iter().any(|it| it.suspicion.is_some()))
}
