//! What leaves after a review is what was reviewed, in each layer; of a span that a macro makes, which no source shows,
//! `assert_locked` says so (`tests/tests/behaviour/locked.rs`).

use crate::workspace::Workspace;

const SHOP: &str = r#"=== app/src/lib.rs
use observed_runtime::{AttributeValue, observed, observed_record};

#[derive(AttributeValue)]
pub enum Step { First, Last }

#[observed(name = "price_order", attrs(order.lines = lines, step), late(total: u64))]
pub fn price(lines: u32, step: Step) {
    observed_record!(total = 1);
}
=== observed.toml
[review.price_order]
who = "Ada"
when = "2026-11-27"
fingerprint = "SEAL"
"#;

fn reviewed() -> Workspace {
    let workspace = Workspace::new(SHOP);
    workspace.replace_all("observed.toml", "SEAL", &workspace.seal("price_order"));
    assert_eq!(workspace.run(&["sync"]).code, 0);
    assert!(workspace.read("observed.lock").ends_with(" reviewed\n"));
    assert_eq!(workspace.run(&["check"]).code, 0);
    workspace
}

/// The change must be a finding, must be one after `sync`, too, and must leave nothing that counts as reviewed.
fn is_caught(old: &str, new: &str) {
    let workspace = reviewed();
    workspace.replace("app/src/lib.rs", old, new);
    let said = workspace.run(&["check", "--format", "short"]);
    assert_eq!(said.code, 1, "{}", said.err);
    for id in ["[R21-drift]", "[R21-changed-since-review]"] {
        assert!(said.out.contains(id), "{id}: {}", said.out);
    }
    assert_eq!(workspace.run(&["sync"]).code, 0);
    let lock = workspace.read("observed.lock");
    assert!(
        lock.ends_with(" new\n") && !lock.contains("reviewed"),
        "{lock}"
    );
    let said = workspace.run(&["check", "--format", "short"]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(
        said.out.contains("[R21-changed-since-review]"),
        "{}",
        said.out
    );
}

#[test]
fn an_annotation_that_changed_after_its_review_is_caught() {
    is_caught("= lines, step)", "= lines.min(3), step)");
}

#[test]
fn a_key_that_was_renamed_is_caught() {
    is_caught("order.lines = lines", "order.rows = lines");
}

#[test]
fn a_variant_that_was_added_to_an_enum_is_caught() {
    is_caught("First, Last", "First, Middle, Last");
}

#[test]
fn a_late_attribute_that_was_retyped_is_caught() {
    is_caught("total: u64", "total: f64");
}

#[test]
fn a_span_that_a_macro_makes_is_told_where_the_macro_stands() {
    let workspace = reviewed();
    let library = workspace.read("app/src/lib.rs");
    workspace.write(
        "app/src/lib.rs",
        library + "\nmacro_rules! step {\n    ($name:ident) => {\n        #[observed(name = \"made_step\")]\n        pub fn $name() {}\n    };\n}\nstep!(made);\n",
    );
    let said = workspace.run(&["check", "--format", "short"]);
    assert!(said.out.contains("[R21-in-macro]"), "{}", said.out);
}
