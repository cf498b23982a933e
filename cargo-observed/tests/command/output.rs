//! The forms of findings and lists.

use crate::workspace::Workspace;

fn broken() -> Workspace {
    let workspace = Workspace::exempt(
        "use observed_runtime::observed;\n\n#[observed(\n    name = \"price_order\",\n    attrs(card_number = not_pii(cards, \"not pii\"))\n)]\npub fn price(cards: u32) {}\n",
    );
    workspace.replace(
        "observed.toml",
        "[settings]",
        "[levels]\nR10-no-real-reason = \"warn\"\n\n[settings]",
    );
    workspace.replace("app/src/lib.rs", "cards: u32", "cards: u64");
    workspace
}

fn found(format: &str) -> String {
    let said = broken().run(&["check", "--format", format]);
    assert_eq!(said.code, 1, "{}", said.err);
    said.out
}

#[test]
fn a_person_sees_the_source_and_the_remedy() {
    insta::assert_snapshot!("findings_for_a_person", found("human"));
}

#[test]
fn a_workflow_gets_annotations() {
    insta::assert_snapshot!("findings_for_a_workflow", found("github"));
}

#[test]
fn an_editor_reads_the_schema_of_rustc() {
    let out = found("json");
    for line in out.lines() {
        let diagnostic: cargo_metadata::diagnostic::Diagnostic =
            serde_json::from_str(line).unwrap();
        let span = &diagnostic.spans[0];
        assert!(span.is_primary && span.file_name == "app/src/lib.rs");
        assert!(span.byte_start < span.byte_end && span.column_start < span.column_end);
        assert_eq!(span.line_start, span.line_end);
        let text = &span.text[0];
        let marked: String = text
            .text
            .chars()
            .skip(text.highlight_start - 1)
            .take(text.highlight_end - text.highlight_start)
            .collect();
        assert!(
            ["\"price_order\"", "cards"].contains(&marked.as_str()),
            "{marked}"
        );
        assert!(!diagnostic.children.is_empty());
    }
    assert_eq!(out.lines().count(), 3);
}

#[test]
fn a_scanner_reads_sarif() {
    let out = found("sarif");
    let sarif: serde_sarif::sarif::Sarif = serde_json::from_str(&out).unwrap();
    let results = sarif.runs[0].results.as_ref().unwrap();
    let ids: Vec<&str> = results
        .iter()
        .map(|it| it.rule_id.as_deref().unwrap())
        .collect();
    assert_eq!(
        ids,
        [
            "R21-drift",
            "R21-changed-since-review",
            "R10-no-real-reason"
        ]
    );
    let rules = sarif.runs[0].tool.driver.rules.as_ref().unwrap();
    assert!(ids.iter().all(|id| rules.iter().any(|rule| rule.id == *id)));
}

const SHOP: &str = r#"=== app/src/lib.rs
use observed_runtime::{AttributeValue, observed};

#[derive(AttributeValue)]
pub enum Step { First, Last }

#[observed(name = "price_order", scope = "shop", kind = client, attrs(lines, step, note = public(note)))]
pub fn price(lines: u32, step: Step, note: &str) {}
=== observed.toml
[owners]
"scope:shop" = "orders team"

[keys.note]
purpose = "support"
basis = "LGPD art. 7, V"
retention = "30 | 60 days"

[review.price_order]
who = "Ada"
when = "2026-11-27"
fingerprint = "SEAL"
expires = "2999-01-01"
"#;

#[test]
fn the_lists_are_those_of_each_reader() {
    let workspace = Workspace::new(SHOP);
    workspace.replace_all("observed.toml", "SEAL", &workspace.seal("price_order"));
    let mut all = Vec::new();
    for format in [
        "table",
        "markdown",
        "ropa",
        "allowlist",
        "collector",
        "weaver",
    ] {
        let said = workspace.run(&["list", "--format", format]);
        assert_eq!(said.code, 0, "{}", said.err);
        all.push(format!("--- {format}\n{}", said.out));
    }
    insta::assert_snapshot!("the_lists_of_each_reader", all.concat());
}

#[test]
fn only_the_packages_that_were_asked_for_are_shown() {
    let workspace = Workspace::new(SHOP);
    for arguments in [["list", "--exclude", "app"], ["list", "-p", "app"]] {
        let said = workspace.run(&arguments);
        assert_eq!(
            said.out.is_empty(),
            arguments[1] == "--exclude",
            "{}",
            said.out
        );
    }
}

#[test]
fn the_lists_of_operators_are_kept_in_step() {
    let workspace = Workspace::new(SHOP);
    workspace.write(
        "collector.yaml",
        "p:\n  allowed_keys:\n    - lines # counts\n  other: 1\n",
    );
    workspace.write(
        "observed.toml",
        "[settings]\nallowlist = \"keys.txt\"\ncollector = \"collector.yaml\"\n",
    );
    assert_eq!(workspace.run(&["sync", "--check"]).code, 1);
    assert!(!workspace.path("keys.txt").exists());
    assert_eq!(workspace.run(&["sync"]).code, 0);
    assert_eq!(workspace.read("keys.txt"), "lines,note,step\n");
    assert_eq!(
        workspace.read("collector.yaml"),
        "p:\n  allowed_keys:\n    - lines # counts\n    - note\n    - step\n  other: 1\n"
    );
    assert_eq!(workspace.run(&["sync", "--check"]).code, 0);
}
