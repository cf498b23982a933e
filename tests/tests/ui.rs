//! What the compiler says of annotations that break a rule: one rule per file, in folders by kind of mistake.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use observed_syntax::Rule;

/// Identifiers that the runtime's traits carry in their messages; the grammar does not know them.
const TRAIT_RULES: &[&str] = &[
    "R8-not-a-value",
    "R9-not-text",
    "R9-not-static",
    "R9-no-display",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")
}

fn files(extension: &str) -> Vec<PathBuf> {
    let folders = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files = folders
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path());
    files
        .filter(|file| file.extension().is_some_and(|found| found == extension))
        .collect()
}

#[test]
fn every_mistake_is_told_on_its_token_with_the_remedy() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui_pass/*.rs");
    cases.compile_fail("tests/ui/*/*.rs");
}

#[test]
fn every_rule_has_a_case_and_every_case_names_its_rule() {
    let mut missing: BTreeSet<&str> = Rule::ALL
        .iter()
        .map(|rule| rule.id())
        .chain(TRAIT_RULES.to_vec())
        .collect();
    for case in files("rs") {
        let text = fs::read_to_string(&case).unwrap();
        let message = fs::read_to_string(case.with_extension("stderr")).unwrap();
        let first_line = text.lines().next().unwrap();
        let named = first_line
            .trim_start_matches("//! ")
            .split(':')
            .next()
            .unwrap();
        if named.starts_with('R') && named.contains('-') {
            assert!(
                message.contains(&format!("[{named}]")),
                "{}: no [{named}] in\n{message}",
                case.display()
            );
            missing.remove(named);
        }
    }
    assert!(
        missing.is_empty(),
        "rules without a compile-fail case: {missing:?}"
    );
}

#[test]
fn errors_in_a_body_point_where_they_point_in_the_plain_function() {
    let mut pairs = 0;
    for plain in files("stderr")
        .iter()
        .filter(|file| file.to_string_lossy().ends_with("_plain.stderr"))
    {
        let annotated = plain.to_string_lossy().replace("_plain.stderr", ".stderr");
        let annotated = fs::read_to_string(annotated).unwrap();
        let plain = fs::read_to_string(plain).unwrap();
        let plain = plain.replace("_plain.rs", ".rs");
        if annotated.contains("async fn") {
            // An async body is a block of its own, and the compiler explains its type where it is written.
            assert_eq!(primary(&annotated), primary(&plain));
        } else {
            assert_eq!(annotated, plain);
        }
        pairs += 1;
    }
    assert!(pairs >= 8, "only {pairs} pairs");
}

/// What is wrong and where: everything before the first note.
fn primary(message: &str) -> Vec<&str> {
    let before_notes = message
        .lines()
        .take_while(|line| !line.starts_with("note:"));
    before_notes
        .filter(|line| line.starts_with("error") || line.contains("-->") || line.contains("^^^"))
        .collect()
}
