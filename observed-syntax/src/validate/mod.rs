//! Applies every rule and reports all mistakes at once; what comes out is valid.

mod alias;
mod attribute;
mod chain;
mod conventional;
mod expression;
mod function;
mod late;
mod local;
mod name;
mod parameter;
mod pattern;
mod privacy;
mod reach;
mod recorded;
mod returned;
mod route;
mod secret;
mod unwrapped;
mod wrapped;

use alias::Alias;
use syn::{Expr, LitStr};

use crate::function::Function;
use crate::model::{Attribute, Err, Event, Kind, ObservedFn, Parent, Route, Span, Work};
use crate::parse::{Arguments, NameArgument, Record, Recording};
use crate::{Diagnostics, Rule};

/// Makes the model of an annotated function, or reports the mistakes in `diagnostics`; `records` is what its body may record.
pub fn observed_fn(
    arguments: &Arguments,
    function: &Function,
    records: &[Record],
    diagnostics: &mut Diagnostics,
) -> Option<ObservedFn> {
    let aliases = alias::of(function);
    let span = span_in(arguments, &aliases, diagnostics);
    function::is_not_const(function, diagnostics);
    function::is_not_naked(function, diagnostics);
    let work = function::work(arguments.future.get(), function, diagnostics);
    let err = checked_err(arguments, function, work, diagnostics);
    let late = late::checked(
        arguments.late.get().map_or(&[], Vec::as_slice),
        span.as_ref().map_or(&[], |span| span.attributes.as_slice()),
        diagnostics,
    );
    let body = recorded::recorded(records);
    let origins = local::origins(function, &body);
    privacy::followed_names_are_judged(function, records, &aliases, diagnostics);
    parameter::marks_are_honoured(arguments, function, &body, &origins, diagnostics);
    let recorded = recorded::evaluated(arguments).chain(body.iter().copied());
    wrapped::stays_inside(recorded, &origins, &aliases, diagnostics);
    let bound_fields = pattern::bound_fields(arguments, function, &body, diagnostics);
    let model = ObservedFn {
        span: span?,
        late,
        err,
        work,
        bound_fields,
        local: origins.asked,
        records_late: records
            .iter()
            .any(|record| matches!(record, Record::Late(_))),
    };
    reach::entry_is_bound(&model, function, diagnostics);
    reach::code_names_error_only(&model, function, diagnostics);
    diagnostics.is_clean().then_some(model)
}

/// Makes the model of a span, or reports the mistakes in `diagnostics`.
pub fn span(arguments: &Arguments, diagnostics: &mut Diagnostics) -> Option<Span> {
    span_in(arguments, &[], diagnostics)
}

/// The same in a function whose parameters have other names too.
fn span_in(
    arguments: &Arguments,
    aliases: &[Alias],
    diagnostics: &mut Diagnostics,
) -> Option<Span> {
    let kind = checked_kind(arguments, diagnostics);
    let name = checked_span_name(arguments, kind, diagnostics);
    let attributes = attribute::checked(
        arguments.attrs.get().map_or(&[], Vec::as_slice),
        aliases,
        diagnostics,
    );
    let parent = checked_parent(arguments, diagnostics);
    let links = checked_expression(arguments.links.get(), diagnostics);
    let scope = checked_scope(arguments, diagnostics);
    if !diagnostics.is_clean() {
        return None;
    }
    let runtime = arguments.runtime.get().cloned();
    let (name, route) = name?;
    Some(Span {
        name,
        route,
        kind,
        attributes,
        parent,
        links,
        scope,
        runtime,
    })
}

/// Makes the model of an event, or reports the mistakes in `diagnostics`.
pub fn event(arguments: &Arguments, diagnostics: &mut Diagnostics) -> Option<Event> {
    let name = checked_event_name(arguments, diagnostics);
    let attributes = attribute::checked(
        arguments.attrs.get().map_or(&[], Vec::as_slice),
        &[],
        diagnostics,
    );
    if !diagnostics.is_clean() {
        return None;
    }
    Some(Event {
        name: name?,
        attributes,
        runtime: arguments.runtime.get().cloned(),
    })
}

/// Checks what one `observed_record!` records, or reports the mistakes in `diagnostics`. Whether its keys are declared is
/// asked of the function around it.
pub fn recording(recording: &Recording, diagnostics: &mut Diagnostics) -> Vec<Attribute> {
    for failure in &recording.failures {
        expression::cannot_steer(&failure.code, diagnostics);
        code_is_harmless(&failure.code, diagnostics);
    }
    attribute::declared(&recording.entries, diagnostics)
}

/// R7, R10, R12: the code of an error is a word of the program's own.
fn code_is_harmless(code: &Expr, diagnostics: &mut Diagnostics) {
    secret::is_not_exposed(code, diagnostics);
    privacy::has_no_personal_literal("", code, diagnostics);
    privacy::code_names_nothing_personal(code, diagnostics);
}

/// R3: `name` is mandatory.
fn written_name<'a>(
    arguments: &'a Arguments,
    diagnostics: &mut Diagnostics,
) -> Option<&'a NameArgument> {
    if !arguments.name.was_given() {
        let message =
            "`name` is missing: write name = \"verb_object\", for example name = \"price_order\"";
        diagnostics.report_missing(Rule::MissingName, message);
    }
    arguments.name.get()
}

/// R3: a span's name has its shape, or is the route of a request.
fn checked_span_name(
    arguments: &Arguments,
    kind: Kind,
    diagnostics: &mut Diagnostics,
) -> Option<(LitStr, Option<Route>)> {
    match written_name(arguments, diagnostics)? {
        NameArgument::Literal(literal) => {
            name::check_span_name(literal, diagnostics);
            Some((literal.clone(), None))
        }
        NameArgument::Route(route) => {
            route::kind_fits(route, kind, diagnostics);
            Some(route::checked(route, diagnostics))
        }
    }
}

/// R3: an event's name has its shape.
fn checked_event_name(arguments: &Arguments, diagnostics: &mut Diagnostics) -> Option<LitStr> {
    match written_name(arguments, diagnostics)? {
        NameArgument::Literal(literal) => {
            name::check_span_name(literal, diagnostics);
            Some(literal.clone())
        }
        NameArgument::Route(route) => {
            let message = "`route(..)` is the name of a request's span, and an event is none; write name = \"table_empty\"";
            diagnostics.report(Rule::NameLiteral, &route.keyword, message);
            None
        }
    }
}

/// The kind is one of OpenTelemetry's five; none written means internal.
fn checked_kind(arguments: &Arguments, diagnostics: &mut Diagnostics) -> Kind {
    let Some(keyword) = arguments.kind.get() else {
        return Kind::Internal;
    };
    let known = Kind::KEYWORDS.iter().find(|(known, _)| keyword == known);
    known.map_or_else(
        || {
            let message = format!(
                "unknown kind `{keyword}`; write internal, server, client, producer or consumer"
            );
            diagnostics.report(Rule::UnknownKind, keyword, message);
            Kind::Internal
        },
        |(_, kind)| *kind,
    )
}

/// `root` and `parent` exclude each other.
fn checked_parent(arguments: &Arguments, diagnostics: &mut Diagnostics) -> Parent {
    let given = checked_expression(arguments.parent.get(), diagnostics);
    match (arguments.root.get(), given) {
        (Some(root), Some(_)) => {
            let message = "`root` begins a trace and `parent` continues one; keep one of them";
            diagnostics.report(Rule::RootAndParent, root, message);
            Parent::Root
        }
        (Some(_), None) => Parent::Root,
        (None, Some(parent)) => Parent::Given(Box::new(parent)),
        (None, None) => Parent::Current,
    }
}

/// R5: an expression that is evaluated beside the function cannot steer it.
fn checked_expression(expression: Option<&Expr>, diagnostics: &mut Diagnostics) -> Option<Expr> {
    expression
        .cloned()
        .inspect(|expression| expression::cannot_steer(expression, diagnostics))
}

/// `scope` becomes part of the name of a variable.
fn checked_scope(arguments: &Arguments, diagnostics: &mut Diagnostics) -> Option<String> {
    let literal = arguments.scope.get()?;
    name::check_scope(literal, diagnostics);
    Some(literal.value())
}

/// `err` has a `Result` to look at, and its code cannot steer the function.
fn checked_err(
    arguments: &Arguments,
    function: &Function,
    work: Work,
    diagnostics: &mut Diagnostics,
) -> Option<Err> {
    let argument = arguments.err.get()?;
    function::err_fits(&argument.keyword, function, work, diagnostics);
    let code = checked_expression(argument.code.as_ref(), diagnostics);
    if let Some(code) = &code {
        code_is_harmless(code, diagnostics);
    }
    Some(Err {
        keyword: argument.keyword.clone(),
        code,
    })
}
