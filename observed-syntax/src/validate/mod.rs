//! Applies every rule and reports all mistakes at once; what comes out is valid.

mod attribute;
mod expression;
mod function;
mod name;

use syn::Expr;

use crate::function::Function;
use crate::model::{Kind, ObservedFn, Span};
use crate::parse::Arguments;
use crate::{Diagnostics, Rule};

/// The model of an annotated function, or the mistakes in `diagnostics`.
pub fn observed_fn(
    arguments: &Arguments,
    function: &Function,
    diagnostics: &mut Diagnostics,
) -> Option<ObservedFn> {
    let span = span(arguments, diagnostics);
    function::is_supported(function, diagnostics);
    if let Some(err) = arguments.err.get() {
        function::err_fits(err, function, diagnostics);
    }
    let err = arguments.err.get().cloned();
    span.filter(|_| diagnostics.is_clean())
        .map(|span| ObservedFn { span, err })
}

/// The model of a span, or the mistakes in `diagnostics`.
pub fn span(arguments: &Arguments, diagnostics: &mut Diagnostics) -> Option<Span> {
    let name = checked_name(arguments, diagnostics);
    let kind = checked_kind(arguments, diagnostics);
    let attributes = attribute::checked(
        arguments.attrs.get().map_or(&[], Vec::as_slice),
        diagnostics,
    );
    let parent = arguments.parent.get().cloned().inspect(|parent: &Expr| {
        expression::cannot_steer(parent, diagnostics);
    });
    if !diagnostics.is_clean() {
        return None;
    }
    Some(Span {
        name: name?,
        kind,
        attributes,
        parent,
    })
}

/// R3: `name` is mandatory and has its shape.
fn checked_name(arguments: &Arguments, diagnostics: &mut Diagnostics) -> Option<syn::LitStr> {
    if !arguments.name.was_given() {
        let message =
            "`name` is missing: write name = \"verb_object\", for example name = \"price_order\"";
        diagnostics.report_missing(Rule::MissingName, message);
    }
    let literal = arguments.name.get()?;
    name::check_span_name(literal, diagnostics);
    Some(literal.clone())
}

/// The kind is one of OpenTelemetry's five; none written means internal.
fn checked_kind(arguments: &Arguments, diagnostics: &mut Diagnostics) -> Kind {
    let Some(word) = arguments.kind.get() else {
        return Kind::Internal;
    };
    let known = Kind::WORDS.iter().find(|(name, _)| word == name);
    known.map_or_else(
        || {
            let message = format_args!(
                "unknown kind `{word}`; write internal, server, client, producer or consumer"
            );
            diagnostics.report(Rule::UnknownKind, word, message);
            Kind::Internal
        },
        |(_, kind)| *kind,
    )
}
