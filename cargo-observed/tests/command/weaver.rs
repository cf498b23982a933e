//! The registry for Weaver keeps Weaver's published schema.

use boon::{Compiler, Schemas};
use serde_json::Value;

use crate::repository;
use crate::workspace::Workspace;

const SCHEMA: &str = include_str!("../fixtures/weaver/semconv.schema.json");

/// What the schema has against a registry.
fn refused(yaml: &str) -> Option<String> {
    let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
    compiler
        .add_resource("schema.json", serde_json::from_str(SCHEMA).unwrap())
        .unwrap();
    let schema = compiler.compile("schema.json", &mut schemas).unwrap();
    let registry: Value = serde_saphyr::from_str(yaml).unwrap();
    let found = schemas.validate(&registry, schema);
    found.err().map(|error| format!("{error:#}"))
}

/// Everything that a line of the lock can hold, and names that a reader of YAML could take for something else.
const SHOP: &str = r#"=== app/src/lib.rs
use observed_runtime::{AttributeValue, observed, observed_event, observed_span};

#[derive(AttributeValue)]
pub enum Step { On, Null, #[attribute(rename = "no")] Off }

#[observed(
    name = "null", kind = client, scope = "shop", err,
    attrs(lines, step, yes = true, half = 0.5, took, note = public(note), hidden = order.total(), all = public(names)),
    late(on: u64, off: text),
)]
pub fn price(lines: u32, step: Step, took: std::time::Duration, note: &str, order: &Order, names: &[String]) -> Result<(), u8> {
    let _span = observed_span!(name = "no_key");
    observed_event!(name = "on", attrs(n = 7));
    observed_event!(name = "empty");
    Ok(())
}

#[observed(name = route(method, "/orders/{id}"), kind = server)]
pub fn answer(method: &str) {}
"#;

#[test]
fn a_registry_keeps_the_schema_whatever_leaves() {
    let workspace = Workspace::new(SHOP);
    let said = workspace.run(&["list", "--format", "weaver"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.out.matches("\n  - id: ").count(), 5, "{}", said.out);
    assert_eq!(refused(&said.out), None, "{}", said.out);
}

#[test]
fn the_registry_of_this_repository_keeps_the_schema() {
    let said = repository::run(&["list", "--format", "weaver"]);
    assert!(said.contains("process_action"), "{said}");
    assert_eq!(refused(&said), None);
}

#[test]
fn the_schema_refuses_what_is_none() {
    let workspace = Workspace::new(SHOP);
    let good = workspace.run(&["list", "--format", "weaver"]).out;
    for (old, new) in [
        ("type: span", "type: spam"),
        ("span_kind: client", "span_kind: clients"),
        ("type: double", "type: f64"),
        ("requirement_level: recommended", "requirement_level: some"),
        ("stability: development", "stability: fine"),
        ("groups:", "group:"),
    ] {
        assert!(good.contains(old), "{old}: {good}");
        assert!(refused(&good.replace(old, new)).is_some(), "{new}");
    }
}
