//! The parser never panics, and what it accepts means the same when it is printed and read again.

use std::str::FromStr;

use observed_syntax::model::{Kind, ObservedFn, Parent, Reading};
use observed_syntax::parse::{self, Form};
use observed_syntax::{Diagnostics, function, validate};
use proc_macro2::TokenStream;
use proptest::prelude::*;
use quote::ToTokens;

/// What was understood, as text; or every message.
fn understood(arguments: &str) -> Result<String, Vec<String>> {
    let Ok(tokens) = TokenStream::from_str(arguments) else {
        return Err(vec!["not tokens".to_owned()]);
    };
    let item = TokenStream::from_str("fn f(a: &A, b: B) -> Result<T, E> { body }").unwrap();
    let mut diagnostics = Diagnostics::default();
    let arguments = parse::arguments(tokens, Form::Attribute, &mut diagnostics);
    let function = function::read(item, &mut diagnostics).unwrap();
    let model = validate::observed_fn(&arguments, &function, &mut diagnostics);
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
    let attributes: Vec<String> = span
        .attributes
        .iter()
        .map(|attribute| {
            let value = attribute.value.to_token_stream();
            let word = Reading::WORDS
                .iter()
                .find(|(_, reading)| *reading == attribute.reading);
            match word {
                Some((word, _)) => format!("{:?} = {word}({value})", attribute.key),
                None => format!("{:?} = {value}", attribute.key),
            }
        })
        .collect();
    arguments.push(format!("attrs({})", attributes.join(", ")));
    let late: Vec<String> = model
        .late
        .iter()
        .map(|late| {
            let ty = late.ty.to_token_stream();
            let ty = if late.public {
                format!("public({ty})")
            } else {
                ty.to_string()
            };
            format!("{} @ {:?}: {ty}", late.handle, late.key)
        })
        .collect();
    arguments.push(format!("late({})", late.join(", ")));
    let kind = Kind::WORDS
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
    arguments.join(", ")
}

/// Pieces that arguments are made of, right and wrong.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "name = \"price_order\"",
        "name = \"Price\"",
        "name",
        "attrs(a.b)",
        "attrs(a, a)",
        "attrs(n = a.len())",
        "attrs(\"k.e\" = public(b.c))",
        "attrs(self.x, y = &*b as u64)",
        "attrs(x = a?)",
        "attrs(x = a[0])",
        "attrs",
        "late(rows: u64)",
        "late(r @ \"k\": public(String))",
        "late(\"k\": u8)",
        "late(a: u8)",
        "kind = server",
        "kind = other",
        "err",
        "err = error.code()",
        "parent = &ctx",
        "root",
        "links(ctxs.iter())",
        "scope = \"pipe\"",
        "scope = \"Pi pe\"",
        "future",
        "crate = facade::x",
        "skip_all",
        "level = 3",
        "nmae = \"x\"",
        "err err",
        "=",
        ",",
        "attrs(,)",
        "attrs(a = )",
        "\"text\"",
        "late(x)",
        "late(self: u64)",
        "late(_: u64)",
        "late(crate: u8, type: u8)",
        "late(Self: u8)",
        "err = self.code(error)",
    ]);
    prop_oneof![8 => fixed.prop_map(str::to_owned), 1 => "[a-z(),=.:\"@&*?!\\[\\]{} ]{0,20}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_written_makes_the_grammar_panic(pieces in prop::collection::vec(piece(), 0..6)) {
        let _ = understood(&pieces.join(", "));
        let _ = understood(&pieces.join(" "));
    }

    #[test]
    fn what_is_accepted_means_the_same_when_it_is_printed(pieces in prop::collection::vec(piece(), 0..5)) {
        let written = format!("name = \"price_order\", {}", pieces.join(", "));
        if let Ok(once) = understood(&written) {
            prop_assert_eq!(understood(&once), Ok(once.clone()), "{}", written);
        }
    }
}

#[test]
fn the_properties_see_accepted_arguments_too() {
    let all = "name = \"a\", attrs(a.b, n = public(b.c)), late(rows: u64), kind = client, err = error.code(), \
               parent = &ctx, links(x.iter()), scope = \"s\", crate = x::y";
    let once = understood(all).unwrap();
    assert_eq!(understood(&once), Ok(once.clone()));
    assert!(understood("name = \"a\", attrs(a?)").unwrap_err()[0].contains("R5-expression"));
}
