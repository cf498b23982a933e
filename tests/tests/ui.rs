//! What the compiler says of annotations that break a rule: one rule per file, in folders by kind of mistake.

mod cases;

use std::collections::BTreeSet;
use std::fs;

use observed_syntax::Rule;

/// Identifiers that the runtime's traits carry in their messages; the grammar does not know them.
const TRAIT_RULES: &[&str] = &[
    "R3-not-a-method",
    "R3-not-a-template",
    "R8-not-a-value",
    "R8-derived-only",
    "R12-error-text",
    "R12-error-code",
    "R9-not-text",
    "R9-not-static",
    "R9-no-display",
    "R7-pii-field",
    "R7-whole-value",
    "R7-hidden-value",
];

#[test]
fn every_mistake_is_told_on_its_token_with_the_remedy() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui_pass/*.rs");
    cases.compile_fail("tests/ui/*/*.rs");
}

#[test]
fn every_rule_has_a_case_and_every_message_names_its_rule() {
    let rules = Rule::ALL.iter().map(|rule| rule.id());
    let mut missing: BTreeSet<String> = rules
        .chain(TRAIT_RULES.to_vec())
        .map(|rule| format!("[{rule}]"))
        .collect();
    for case in cases::all() {
        let message = case.message();
        assert!(
            message.contains(&case.sign),
            "{}: no {} in\n{message}",
            case.name,
            case.sign
        );
        missing.remove(&case.sign);
    }
    assert!(
        missing.is_empty(),
        "rules without a compile-fail case: {missing:?}"
    );
}

#[test]
fn every_case_passes_once_its_mistake_is_mended_at_one_place() {
    let cases = cases::all();
    for case in &cases {
        let difference = cases::difference(&case.text, &case.twin);
        assert!(
            (1..=5).contains(&difference),
            "{}: differs from its twin by {difference} tokens",
            case.name
        );
    }
    let passing = fs::read_to_string(cases::folder().join("../ui_pass/taken_out.rs")).unwrap();
    let mut twins: Vec<_> = cases
        .iter()
        .map(|case| (case.module(), case.twin.as_str()))
        .collect();
    twins.push(("pass_taken_out".to_owned(), passing.as_str()));
    for (name, features) in [
        ("twins_recording", "\"enable\""),
        ("twins_compiled_out", ""),
    ] {
        let errors = cases::check(name, features, &twins);
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

#[test]
fn compiled_out_every_case_is_refused_too() {
    let cases = cases::all();
    // The compiler stops after the errors of one phase: rules of the grammar, of types, of borrows.
    let phase = |case: &cases::Case| {
        let message = case.message();
        if message.contains("error: ") {
            "grammar"
        } else if message.starts_with("error[E0277]") || message.starts_with("error[E0308]") {
            "types"
        } else if message.starts_with("error[E0425]") {
            "names"
        } else {
            "borrows"
        }
    };
    for wanted in ["grammar", "names", "types", "borrows"] {
        let here: Vec<_> = cases.iter().filter(|case| phase(case) == wanted).collect();
        let modules: Vec<_> = here
            .iter()
            .map(|case| (case.module(), case.text.as_str()))
            .collect();
        let errors = cases::check(&format!("refused_{wanted}"), "", &modules);
        for case in here {
            let said = errors.get(&case.module()).map_or("nothing", String::as_str);
            assert!(said.contains(&case.sign), "{}: {said}", case.name);
        }
    }
}

#[test]
fn errors_in_a_body_point_where_they_point_in_the_plain_function() {
    let mut pairs = 0;
    for plain in cases::files("stderr")
        .iter()
        .filter(|file| file.to_string_lossy().ends_with("_plain.stderr"))
    {
        let annotated = plain.to_string_lossy().replace("_plain.stderr", ".stderr");
        let annotated = fs::read_to_string(annotated).unwrap();
        let plain = fs::read_to_string(plain).unwrap();
        let plain = plain.replace("_plain.rs", ".rs");
        if annotated.contains("async") {
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
