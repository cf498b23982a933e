//! The macros as functions over tokens, which a test can call: read, apply the rules, generate.
//!
//! Generation is given what is valid and returns tokens, never an error. A macro that is refused gives the messages, and
//! `#[observed]` its function beside them.

mod asynchronous;
mod attributes;
#[cfg(test)]
mod beside_others;
mod block;
mod dependency;
mod derive;
mod desugar;
mod edition;
mod event;
mod expectations;
mod late;
mod names;
mod origin;
mod output;
mod parameter;
mod policy;
#[cfg(test)]
pub(crate) mod printed;
mod rebind;
mod receiver;
mod record;
mod recorded;
mod replaced;
mod setup;
mod site;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod snapshots_of_other_macros;
mod span;
mod suspicion;
mod synchronous;
mod unrecorded;
mod verdict;
mod wrapper;

use observed_syntax::model::Parent;
use observed_syntax::parse::{self, Form, Record};
use observed_syntax::{Diagnostics, function, marks, validate};
use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

/// What an annotated function is made into. The other macros expand alike in both modes: without recording, the runtime's
/// functions that they call do nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A function that records its span.
    Recording,
    /// The function as it was written, after one dead statement with the checks; with `parent = expr` the shape of a
    /// recording one, whose functions of the runtime record nothing and keep the parent current (ADR 025).
    Forwarding,
    /// The function as it was written, after one dead statement with the checks.
    CompiledOut,
}

/// Expands `#[observed(arguments)] item`.
pub(crate) fn observed(arguments: TokenStream, item: TokenStream, mode: Mode) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let arguments = parse::arguments(arguments, Form::Attribute, &mut diagnostics);
    let function = function::read(item.clone(), &mut diagnostics);
    let records = function
        .as_ref()
        .map(|function| parse::records(function.body.stream()));
    let records = records.unwrap_or_default();
    let model = function.as_ref().and_then(|function| {
        validate::observed_fn(&arguments, function, &records, &mut diagnostics)
    });
    match (function, model, mode) {
        (Some(function), Some(model), Mode::Recording) => recorded::expand(&model, function),
        (Some(function), Some(model), Mode::Forwarding)
            if matches!(model.span.parent, Parent::Given(_)) =>
        {
            recorded::expand(&model, function)
        }
        (Some(function), Some(model), _) => unrecorded::expand(&model, &function),
        _ => {
            // The user's function stays, so that one mistake does not become many.
            let mut tokens = diagnostics.into_tokens();
            let item = marks::strip(item);
            let records_late = records
                .iter()
                .any(|record| matches!(record, Record::Late(_)));
            tokens.extend(if records_late {
                block::with_first_statement(item, &late::swallowed())
            } else {
                item
            });
            tokens
        }
    }
}

/// Expands `observed_span!(arguments)`.
pub(crate) fn span(arguments: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let arguments = parse::arguments(arguments, Form::Span, &mut diagnostics);
    let model = validate::span(&arguments, &mut diagnostics);
    model.map_or_else(
        || errors_in_expression(diagnostics),
        |model| span::expand(&model),
    )
}

/// Expands `observed_event!(arguments)`.
pub(crate) fn event(arguments: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let arguments = parse::arguments(arguments, Form::Event, &mut diagnostics);
    let model = validate::event(&arguments, &mut diagnostics);
    model.map_or_else(
        || errors_in_expression(diagnostics),
        |model| event::expand(&model),
    )
}

/// Expands `observed_record!(arguments)`.
pub(crate) fn record(arguments: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let recording = parse::recording(arguments, &mut diagnostics);
    let attributes = validate::recording(&recording, &mut diagnostics);
    if diagnostics.is_clean() {
        record::expand(&recording, &attributes)
    } else {
        errors_in_expression(diagnostics)
    }
}

/// Expands the call of the local macro's messages.
pub(crate) fn refuse(arguments: TokenStream) -> TokenStream {
    record::refuse(arguments)
}

/// Expands `#[derive(Classified)]` on `item`.
pub(crate) fn classified(item: TokenStream) -> TokenStream {
    let expand = |item: &DeriveInput, diagnostics: &mut Diagnostics| {
        let model = observed_syntax::derive::classified(item, diagnostics)?;
        Some(derive::classified(&model))
    };
    derived(item, expand)
}

/// Expands `#[derive(AttributeValue)]` on `item`.
pub(crate) fn attribute_value(item: TokenStream) -> TokenStream {
    let expand = |item: &DeriveInput, diagnostics: &mut Diagnostics| {
        let model = observed_syntax::derive::value(item, diagnostics)?;
        Some(derive::value(&model))
    };
    derived(item, expand)
}

/// Gives the errors where an expression stands.
fn errors_in_expression(diagnostics: Diagnostics) -> TokenStream {
    let errors = diagnostics.into_tokens();
    quote!({ #errors })
}

/// Gives the implementations of a derive, or its errors; the compiler keeps the item.
fn derived(
    item: TokenStream,
    expand: impl FnOnce(&DeriveInput, &mut Diagnostics) -> Option<TokenStream>,
) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    match syn::parse2(item) {
        Ok(item) => expand(&item, &mut diagnostics).unwrap_or_else(|| diagnostics.into_tokens()),
        Err(error) => error.into_compile_error(),
    }
}
