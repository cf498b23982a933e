//! Programs built in another mode than the main workspace, by nested cargo calls; each asserts its own mode first.

use std::path::Path;
use std::process::Command;

/// Runs a fixture and returns what it printed; `tree` is what cargo says it was built from.
fn run(name: &str) -> (String, String) {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
        .join("Cargo.toml");
    let cargo = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .arg("--manifest-path")
            .arg(&manifest)
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures"),
            )
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.success(),
            "cargo {arguments:?} {name}:\n{errors}"
        );
        String::from_utf8(output.stdout).unwrap()
    };
    (
        cargo(&["run", "--quiet"]),
        cargo(&["tree", "--edges", "normal", "--prefix", "none"]),
    )
}

#[test]
fn compiled_out_nothing_is_evaluated_and_nothing_is_larger() {
    let (printed, tree) = run("compiled_out");
    assert_eq!(printed, "compiled out\n");
    assert!(
        !tree.contains("opentelemetry") && !tree.contains("tokio"),
        "{tree}"
    );
}

#[test]
fn recording_without_an_exporter_needs_neither_tokio_nor_opentelemetry() {
    let (printed, tree) = run("recording_only");
    assert_eq!(printed, "recording only\n");
    assert!(
        !tree.contains("opentelemetry") && !tree.contains("tokio"),
        "{tree}"
    );
    let mut crates: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    crates.sort_unstable();
    crates.dedup();
    assert!(
        crates.len() <= 10,
        "the fixture and at most nine more: {crates:?}"
    );
}
