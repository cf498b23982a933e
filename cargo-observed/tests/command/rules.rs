//! Every rule runs over every fixture, so that a false alarm shows: a fixture is a workspace in one file, named after the rule
//! that it breaks, and the snapshot of that name is all that is said of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::workspace::Workspace;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The names of the files in a folder without their ending.
fn names(name: &str, ending: &str) -> BTreeSet<String> {
    let files = fs::read_dir(folder(name)).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names
        .filter_map(|name| Some(name.strip_suffix(ending)?.to_owned()))
        .collect()
}

/// The identifiers that the tool lists.
fn rules() -> BTreeSet<String> {
    let said = Workspace::new("").run(&["explain"]);
    let first = |line: &str| line.split_whitespace().next().unwrap().to_owned();
    said.out.lines().map(first).collect()
}

/// What is said of a fixture. Its first line says what is done before: `changed` parts are written after everything is
/// exempt and committed, `sync` makes the lock anew then, `against` asks what the change does,
/// `verify` looks through a trace.
fn checked(text: &str) -> String {
    let (first, text) = text.split_once('\n').unwrap();
    let steps: Vec<&str> = first
        .strip_prefix("# steps:")
        .unwrap()
        .split_whitespace()
        .collect();
    let (base, change) = text.split_once("\n=== changed\n").unwrap_or((text, ""));
    let workspace = Workspace::new(base);
    if base.contains("SEAL") {
        workspace.replace_all("observed.toml", "SEAL", &workspace.seal("price_order"));
    }
    let begin = if workspace.path("observed.toml").exists() {
        "sync"
    } else {
        "init"
    };
    let said = workspace.run(&[begin]);
    assert_eq!(said.code, 0, "{}", said.err);
    workspace.commit("base");
    workspace.change(change);
    if steps.contains(&"sync") {
        assert_eq!(workspace.run(&["sync"]).code, 0);
    }
    let mut arguments = vec!["check", "--format", "short"];
    if steps.contains(&"verify") {
        arguments = vec!["verify", "trace.json", "--quiet"];
    }
    if steps.contains(&"against") {
        arguments.extend(["--against", "HEAD"]);
    }
    let said = workspace.run(&arguments);
    let denied = said.out.contains(": error: ");
    assert_eq!(said.code, i32::from(denied), "{}{}", said.out, said.err);
    said.out
}

#[test]
fn every_rule_has_a_fixture_a_snapshot_and_a_page() {
    let rules = rules();
    assert!(rules.len() >= 30, "{rules:?}");
    assert_eq!(names("tests/rules", ".txt"), rules);
    assert_eq!(names("rules", ".md"), rules);
    assert_eq!(names("tests/command/snapshots/rules", ".snap"), rules);
}

#[test]
fn every_fixture_is_found_by_its_rule_and_by_no_other() {
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/rules", omit_expression => true }, {
        for rule in rules() {
            let file = folder("tests/rules").join(format!("{rule}.txt"));
            let out = checked(&fs::read_to_string(file).unwrap());
            insta::assert_snapshot!(rule.as_str(), out);
            for line in out.lines() {
                assert!(line.ends_with(&format!("[{rule}]")), "{rule}: {line}");
            }
            assert!(!out.is_empty(), "{rule}: nothing is found");
        }
    });
}

#[test]
fn a_level_of_the_team_counts() {
    let workspace = Workspace::new(
        "=== observed.toml\n[levels]\nR21-unreviewed = \"allow\"\n=== app/src/lib.rs\n#[observed(name = \"price_order\")]\nfn price() {}\n",
    );
    assert_eq!(workspace.run(&["sync"]).code, 0);
    let said = workspace.run(&["check", "--format", "short"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""));
    workspace.replace("observed.toml", "allow", "deny");
    let said = workspace.run(&["check", "--format", "short"]);
    assert_eq!(said.code, 1);
    assert!(
        said.out
            .contains("error: nobody reviewed what `price_order` lets out [R21-unreviewed]"),
        "{}",
        said.out
    );
}

#[test]
fn every_rule_explains_itself() {
    let workspace = Workspace::new("");
    for rule in rules() {
        let said = workspace.run(&["explain", rule.as_str()]);
        assert!(said.out.starts_with(&format!("# {rule}: ")), "{}", said.out);
        assert!(said.out.contains("Remedy: "));
    }
    let said = workspace.run(&["explain", "R7-pii-parameter"]);
    assert!(said.out.contains("a rule of the compiler"), "{}", said.out);
    let said = workspace.run(&["explain", "R21-drfit"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("did you mean `R21-drift`?"),
        "{}",
        said.err
    );
}
