//! This repository keeps what the tool asks of others.

use std::path::Path;
use std::process::Command;

/// What the tool says of this repository, of which it finds nothing.
pub(crate) fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-observed"))
        .arg("observed")
        .args(arguments)
        .arg("--locked")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    said
}

#[test]
fn the_lock_of_this_repository_is_in_step() {
    run(&["sync", "--check"]);
}

#[test]
fn no_rule_finds_anything_in_this_repository() {
    assert_eq!(run(&["check", "--format", "short"]), "");
}

#[test]
fn everything_that_the_demo_lets_out_is_listed_with_its_type() {
    let listed = run(&["list", "-p", "demo-backend"]);
    assert!(
        listed
            .lines()
            .filter(|line| line.starts_with("span "))
            .count()
            >= 31,
        "{listed}"
    );
    assert!(
        !listed.contains("  ?  ") && !listed.contains("not followed"),
        "{listed}"
    );
}
