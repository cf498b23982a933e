//! What the grammar understands of a text, printed so that it can be read again; shared with the fuzz target.

use std::str::FromStr;

use observed_syntax::model::{Attribute, Kind, ObservedFn, Parent, Reading, Work};
use observed_syntax::parse::{self, Form, LateType};
use observed_syntax::{Diagnostics, function, validate};
use proc_macro2::TokenStream;
use quote::ToTokens;

/// The function that arguments are tried on.
pub(crate) const ITEM: &str = "fn f(a: &A, b: B) -> Result<T, E> { body }";

/// What was understood, as text; or every message.
pub(crate) fn understood(arguments: &str, item: &str) -> Result<String, Vec<String>> {
    let tokens = (
        TokenStream::from_str(arguments),
        TokenStream::from_str(item),
    );
    let (Ok(tokens), Ok(item)) = tokens else {
        return Err(vec!["not tokens".to_owned()]);
    };
    let mut diagnostics = Diagnostics::default();
    let arguments = parse::arguments(tokens, Form::Attribute, &mut diagnostics);
    let Some(function) = function::read(item, &mut diagnostics) else {
        return Err(diagnostics.messages());
    };
    let records = parse::records(function.body.stream());
    let model = validate::observed_fn(&arguments, &function, &records, &mut diagnostics);
    assert_eq!(
        model.is_some(),
        diagnostics.is_clean(),
        "a model exactly where there is no mistake"
    );
    model
        .map(|model| printed(&model))
        .ok_or_else(|| diagnostics.messages())
}

/// A model written as the arguments that mean it.
fn printed(model: &ObservedFn) -> String {
    let span = &model.span;
    let mut arguments = vec![format!("name = {}", span.name.to_token_stream())];
    arguments.push(format!("attrs({})", printed_attributes(&span.attributes)));
    let late: Vec<String> = model
        .late
        .iter()
        .map(|late| {
            let ty = match &late.ty {
                LateType::Text => "text".to_owned(),
                LateType::Error => "error".to_owned(),
                LateType::Value(ty) => ty.to_token_stream().to_string(),
            };
            format!("{:?}: not_pii({ty}, \"printed\")", late.key)
        })
        .collect();
    arguments.push(format!("late({})", late.join(", ")));
    let kind = Kind::KEYWORDS
        .iter()
        .find(|(_, kind)| *kind == span.kind)
        .unwrap()
        .0;
    arguments.push(format!("kind = {kind}"));
    match &span.parent {
        Parent::Current => {}
        Parent::Root => arguments.push("root".to_owned()),
        Parent::Given(parent) => arguments.push(format!("parent = {}", parent.to_token_stream())),
    }
    arguments.extend(
        span.links
            .iter()
            .map(|links| format!("links({})", links.to_token_stream())),
    );
    arguments.extend(span.scope.iter().map(|scope| format!("scope = {scope:?}")));
    arguments.extend(
        span.runtime
            .iter()
            .map(|path| format!("crate = {}", path.to_token_stream())),
    );
    arguments.extend(model.err.iter().map(|err| match &err.code {
        Some(code) => format!("err = {}", code.to_token_stream()),
        None => "err".to_owned(),
    }));
    if matches!(model.work, Work::ReturnedFuture | Work::BoxedFuture) {
        arguments.push("future".to_owned());
    }
    arguments.join(", ")
}

fn printed_attributes(attributes: &[Attribute]) -> String {
    let attributes: Vec<String> = attributes
        .iter()
        .map(|attribute| {
            let value = attribute.value.to_token_stream();
            let wrapper = Reading::WRAPPERS
                .iter()
                .find(|(_, reading)| *reading == attribute.reading);
            match wrapper {
                Some((wrapper, _)) => format!("{:?} = {wrapper}({value})", attribute.key),
                None => format!("{:?} = {value}", attribute.key),
            }
        })
        .collect();
    attributes.join(", ")
}
