//! Dependencies: their annotations are in the lock, and another repository's reviews of them count by import.

use crate::workspace::{Said, Workspace};

const AUDITS: &str = "\
# The observed.toml of the repository that keeps `core`.
[levels]
R99-of-a-later-version = \"deny\"

[review.price_core]
who = \"Grace\"
when = \"2026-11-27\"
fingerprint = \"SEAL\"
expires = \"2999-01-01\"
";

/// A program that builds a library of others.
fn shop() -> Workspace {
    let workspace = Workspace::new(
        r#"
=== Cargo.toml
[workspace]
resolver = "3"
members = ["app", "observed-runtime"]
exclude = ["core"]
=== app/Cargo.toml
[package]
name = "app"
version = "0.1.0"
edition = "2024"

[dependencies]
core-of-others = { path = "../core" }
observed-runtime = { path = "../observed-runtime" }
=== app/src/lib.rs
use observed_runtime::observed;

#[observed(name = "price_order")]
pub fn price() {}
=== core/Cargo.toml
[package]
name = "core-of-others"
version = "0.1.0"
edition = "2024"

[dependencies]
observed-runtime = { path = "../observed-runtime" }
=== core/src/lib.rs
use observed_runtime::observed;

#[observed(name = "price_core", attrs(lines))]
pub fn price(lines: u32) {}
"#,
    );
    workspace.write("observed.toml", "[levels]\nR21-unreviewed = \"allow\"\n");
    let audits = AUDITS.replace("SEAL", &workspace.seal("price_core"));
    workspace.write("audits/core.toml", audits);
    workspace
}

/// Imports the file as it lies there, for these packages, with the hash that the tool says that it has.
fn import(workspace: &Workspace, packages: &str) {
    let toml = workspace.read("observed.toml");
    let entry = format!(
        "\n[imports.core]\nfile = \"audits/core.toml\"\nsha256 = \"0\"\npackages = [{packages}]\n"
    );
    workspace.write("observed.toml", toml + &entry);
    let said = workspace.run(&["sync"]);
    let hash = said.err.split("sha256 = \"").nth(1).unwrap();
    let hash = hash.split('"').next().unwrap();
    workspace.replace("observed.toml", "\"0\"", &format!("\"{hash}\""));
}

fn synced(workspace: &Workspace) -> String {
    let said = workspace.run(&["sync"]);
    assert_eq!(said.code, 0, "{}", said.err);
    workspace.read("observed.lock")
}

fn checked(workspace: &Workspace) -> Said {
    workspace.run(&["check", "--format", "short"])
}

const NEW: &str = "span price_core internal core_of_others::price lines:u32:number #";

#[test]
fn what_a_dependency_lets_out_is_in_the_lock_and_its_rules_are_its_own() {
    let workspace = shop();
    let lock = synced(&workspace);
    assert!(lock.contains(NEW), "{lock}");
    assert!(!lock.contains("reviewed"), "{lock}");
    let said = checked(&workspace);
    assert_eq!((said.code, said.out.as_str()), (0, ""));
    workspace.replace("core/src/lib.rs", "lines: u32", "lines: u64");
    let said = checked(&workspace);
    assert_eq!(said.code, 1);
    assert!(
        said.out
            .contains("lines: u32, number -> u64, number [R21-drift]")
    );
}

#[test]
fn a_review_of_another_repository_counts_for_the_package_that_it_is_imported_for() {
    let workspace = shop();
    import(&workspace, "\"core-of-others\"");
    let lock = synced(&workspace);
    let is_reviewed = |lock: &str, name: &str| {
        let mut lines = lock.lines();
        let line = lines.find(|line| line.contains(name)).unwrap();
        line.ends_with(" reviewed")
    };
    assert!(is_reviewed(&lock, "price_core"), "{lock}");
    assert!(!is_reviewed(&lock, "price_order"), "{lock}");
    assert_eq!(checked(&workspace).code, 0);
    let ropa = workspace.run(&["list", "--format", "ropa"]).out;
    assert!(ropa.contains("| Grace (core) | 2999-01-01 |"), "{ropa}");
    // For another package it says nothing, and what changed was not reviewed.
    workspace.replace("observed.toml", "[\"core-of-others\"]", "[\"another\"]");
    assert!(!is_reviewed(&synced(&workspace), "price_core"));
    workspace.replace("observed.toml", "[\"another\"]", "[\"core-of-others\"]");
    workspace.replace("core/src/lib.rs", "lines: u32", "lines: u64");
    assert!(!is_reviewed(&synced(&workspace), "price_core"));
    let said = checked(&workspace);
    assert!(
        said.out.contains(
            "warning: no dependency lets out what `core` has reviews of (core-of-others) [R21-unused-review]"
        ),
        "{}",
        said.out
    );
}

#[test]
fn what_the_workspace_itself_annotates_is_reviewed_here_and_not_by_import() {
    let workspace = shop();
    workspace.replace(
        "app/src/lib.rs",
        "#[observed(name = \"price_order\")]\npub fn price() {}",
        "#[observed(name = \"price_core\", attrs(lines))]\npub fn price(lines: u32) {}",
    );
    import(&workspace, "\"*\"");
    let lock = synced(&workspace);
    let standings: Vec<&str> = lock
        .lines()
        .filter(|line| line.starts_with("span "))
        .map(|line| line.rsplit(' ').next().unwrap())
        .collect();
    assert_eq!(standings, ["new", "reviewed"], "{lock}");
}

#[test]
fn an_imported_file_that_changed_is_refused_until_somebody_looked_at_it() {
    let workspace = shop();
    import(&workspace, "\"core-of-others\"");
    let lock = synced(&workspace);
    workspace.replace("audits/core.toml", "Grace", "Mallory");
    for command in [&["check"][..], &["sync"], &["list"], &["diff", "HEAD"]] {
        let said = workspace.run(command);
        assert_eq!(said.code, 2, "{command:?}: {}", said.out);
    }
    let said = checked(&workspace);
    assert!(
        said.err.contains("observed.toml: line 4: the import `core`: audits/core.toml is not the file that was imported: look at what changed in it, then write sha256 = \""),
        "{}",
        said.err
    );
    assert_eq!(workspace.read("observed.lock"), lock);
}

#[test]
fn a_review_that_was_imported_ends_when_it_says_so() {
    let workspace = shop();
    workspace.replace("audits/core.toml", "2999-01-01", "2026-01-01");
    import(&workspace, "\"*\"");
    synced(&workspace);
    let said = checked(&workspace);
    assert_eq!(said.code, 1);
    assert_eq!(
        said.out,
        "audits/core.toml:5:1: error: the review of `price_core` was good until 2026-01-01 [R21-expired-review]\n"
    );
}

#[test]
fn what_is_wrong_with_an_import_is_told_with_what_to_write() {
    for (entry, message) in [
        ("", "line 1: the import `core` lacks file = \"..\""),
        (
            "file = \"a.toml\"",
            "lacks sha256 = \"..\", as `sha256sum` prints it",
        ),
        (
            "file = \"a.toml\"\nsha256 = \"0\"",
            "lacks packages = [\"..\"]",
        ),
        (
            "url = \"https://example.com\"",
            "line 2: unknown entry `url`; an import has file, sha256, packages",
        ),
        (
            "file = \"a.toml\"\nsha256 = \"0\"\npackages = \"core\"",
            "line 1: the import `core`: a.toml: No such file",
        ),
    ] {
        let workspace = shop();
        workspace.write("observed.toml", format!("[imports.core]\n{entry}\n"));
        let said = checked(&workspace);
        assert_eq!(said.code, 2, "{entry}");
        assert!(said.err.contains(message), "{entry}: {}", said.err);
    }
    for (broken, message) in [
        ("[review\n", "audits/core.toml: TOML parse error at line 1"),
        (
            "\n[review.a]\nwhoo = \"Ada\"\n",
            "audits/core.toml: line 3: unknown entry `whoo`",
        ),
    ] {
        let workspace = shop();
        workspace.write("audits/core.toml", broken);
        import(&workspace, "\"*\"");
        let said = checked(&workspace);
        assert_eq!(said.code, 2, "{broken}");
        assert!(said.err.contains(message), "{broken}: {}", said.err);
    }
}
