//! Whatever a body makes its names of, they are followed to an end, and a binding leads to a question once.

use std::str::FromStr;

use observed_syntax::parse::{self, Form};
use observed_syntax::{Diagnostics, function, validate};
use proc_macro2::TokenStream;
use proptest::prelude::*;

const NAMES: [&str; 5] = ["a", "b", "c", "d", "order"];

/// A statement with a name in the place of X, and two in those of Y and Z.
const STATEMENTS: &[&str] = &[
    "let X = Y;",
    "let X = (Y, Z);",
    "let X = Y.shelf.as_str();",
    "let X = &mut Y.shelf;",
    "let X: &str = &Y.shelf;",
    "let (X, _) = Y;",
    "let Order { shelf: X, .. } = Y;",
    "let Some(X) = Y.next else { return };",
    "X = Y;",
    "X.push_str(Z);",
    "X.next = Y;",
    "write!(X, \"{Y} {}\", Z.shelf);",
    "if let Some(X) = Y.next { take(X); }",
    "for X in Y.iter() { Z.push(X); }",
    "let X = match Y { Order { shelf, .. } => shelf, Z => Z.shelf };",
    "let X = Y.map(|X| X.shelf).unwrap_or(Z);",
    "let X = move |Y| Z;",
    "let X = loop { break Y; };",
    "let X = format!(\"{Y:?} {Z}\");",
    "let X = async { Y.shelf }.await;",
    "mine!(let X = Y);",
];

fn statement() -> impl Strategy<Value = String> {
    let name = || prop::sample::select(NAMES.to_vec());
    let parts = (
        prop::sample::select(STATEMENTS.to_vec()),
        [name(), name(), name()],
    );
    parts.prop_map(|(statement, [x, y, z])| {
        statement.replace('X', x).replace('Y', y).replace('Z', z)
    })
}

/// How many bindings lead to each question of a body that records `name` in the end.
fn ways(body: &str, name: &str) -> Option<Vec<usize>> {
    let item = format!(
        "fn f(order: &Order, #[pii] a: &str) {{ {body} observed_record!(n = public({name})); }}"
    );
    let mut diagnostics = Diagnostics::default();
    let arguments = "name = \"read\", late(n: text)";
    let arguments = TokenStream::from_str(arguments).unwrap();
    let arguments = parse::arguments(arguments, Form::Attribute, &mut diagnostics);
    let item = TokenStream::from_str(&item).unwrap();
    let function = function::read(item, &mut diagnostics)?;
    let records = parse::records(function.body.stream());
    let model = validate::observed_fn(&arguments, &function, &records, &mut diagnostics)?;
    Some(model.local.iter().map(|local| local.given.len()).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_are_followed_to_an_end(
        statements in prop::collection::vec(statement(), 0..12), name in prop::sample::select(NAMES.to_vec())
    ) {
        if let Some(ways) = ways(&statements.join(" "), name) {
            // A statement binds names by two patterns at most.
            prop_assert!(ways.iter().all(|way| *way <= 2 * statements.len()), "{ways:?}");
        }
    }
}

#[test]
fn a_local_that_is_made_of_another_twice_leads_there_once() {
    let pairs: Vec<String> = (1..25)
        .map(|n| format!("let x{n} = (x{0}, x{0});", n - 1))
        .collect();
    let body = format!(
        "let x0 = order; {} let shelf = x24.shelf.as_str();",
        pairs.concat()
    );
    assert_eq!(ways(&body, "shelf"), Some(vec![25]));
}

#[test]
fn the_property_sees_bodies_that_are_refused_and_questions() {
    assert_eq!(ways("", "a"), None, "it is marked");
    assert_eq!(ways("let c = order.shelf.as_str();", "c"), Some(vec![0]));
    assert_eq!(
        ways("let b = order; let c = b.shelf.as_str();", "c"),
        Some(vec![1])
    );
}
