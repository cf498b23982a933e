//! Programs built in another mode than the main workspace, by nested cargo calls; each asserts its own mode first.

mod fixture;

/// What a fixture was built from.
fn tree(name: &str) -> String {
    fixture::cargo(name, &["tree", "--edges", "normal", "--prefix", "none"])
}

#[test]
fn compiled_out_nothing_is_evaluated_and_nothing_is_larger() {
    assert_eq!(fixture::run("compiled_out"), "compiled out\n");
    let tree = tree("compiled_out");
    assert!(
        !tree.contains("opentelemetry") && !tree.contains("tokio"),
        "{tree}"
    );
}

#[test]
fn recording_without_an_exporter_needs_neither_tokio_nor_opentelemetry() {
    assert_eq!(fixture::run("recording_only"), "recording only\n");
    let tree = tree("recording_only");
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
