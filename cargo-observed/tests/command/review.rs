//! Reviews: a person at a terminal.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::workspace::Workspace;

const SHOP: &str = "use observed_runtime::observed;\n\n#[observed(name = \"price_order\", attrs(lines))]\npub fn price(lines: u32) {}\n\n#[observed(name = \"count_order\")]\npub fn count() {}\n";

/// Reviews at a terminal that `script` makes, and types these answers.
fn reviewed(workspace: &Workspace, arguments: &str, answers: &str) -> String {
    let tool = env!("CARGO_BIN_EXE_cargo-observed");
    let command = format!("{tool} observed review {arguments} --offline");
    let mut script = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .current_dir(workspace.root())
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "user.name")
        .env("GIT_CONFIG_VALUE_0", "Ada Lovelace")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    script
        .stdin
        .as_mut()
        .unwrap()
        .write_all(answers.as_bytes())
        .unwrap();
    let output = script.wait_with_output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    String::from_utf8(output.stdout).unwrap().replace('\r', "")
}

#[test]
fn without_a_terminal_nothing_is_reviewed() {
    let workspace = Workspace::exempt(SHOP);
    let before = workspace.read("observed.toml");
    for arguments in [&["review", "price_order"][..], &["review", "--all-changed"]] {
        let said = workspace.run(arguments);
        assert_eq!(said.code, 2);
        assert!(said.err.contains("needs a terminal"), "{}", said.err);
    }
    let said = workspace.run(&["review", "price_order", "--yes"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("unexpected argument '--yes'"),
        "{}",
        said.err
    );
    assert_eq!(workspace.read("observed.toml"), before);
}

#[test]
fn what_no_source_shows_is_reviewed_like_any_other() {
    let workspace = Workspace::exempt(SHOP);
    let line = "span close_day internal app::close_day lines:u64:number #0123456789abcdef new";
    let toml = workspace.read("observed.toml");
    workspace.write(
        "observed.toml",
        format!("{toml}\n[unseen]\nlines = [\"{line}\"]\n"),
    );
    let shown = reviewed(&workspace, "close_day", "y\n");
    assert!(shown.contains("lines: u64, number"), "{shown}");
    let lock = workspace.read("observed.lock");
    assert!(lock.contains(&line.replace(" new", " reviewed")), "{lock}");
    // Other keys, other types, another review.
    workspace.replace("observed.toml", "u64:number", "u32:number");
    assert_eq!(workspace.run(&["sync"]).code, 0);
    let lock = workspace.read("observed.lock");
    assert!(
        lock.contains("lines:u32:number #0123456789abcdef new"),
        "{lock}"
    );
}

#[test]
fn a_review_is_written_and_nothing_else_of_the_file_changes() {
    let workspace = Workspace::exempt(SHOP);
    workspace.replace(
        "observed.toml",
        "[settings]",
        "[owners] # who answers\nshop = 'us'   # odd blanks\n\n[settings]",
    );
    let before = workspace.read("observed.toml");
    let out = reviewed(&workspace, "price_order --url https://example.com/1", "y\n");
    assert!(
        out.contains("span `price_order` in app::price") && out.contains("lines: u32, number"),
        "{out}"
    );
    assert!(
        out.contains("     3 | #[observed(name = \"price_order\", attrs(lines))]"),
        "{out}"
    );
    let after = workspace.read("observed.toml");
    let seal = workspace.seal("price_order");
    let exempt = format!("price_order = \"{seal}\"\n");
    let kept = before.replace(&exempt, "");
    assert_ne!(kept, before);
    assert!(!after.contains(&exempt), "what is reviewed is not exempt");
    let added = after
        .strip_prefix(&kept)
        .unwrap_or_else(|| panic!("{after}"));
    assert!(
        added.contains("[review.price_order]\nwho = \"Ada Lovelace\"\nwhen = \"2"),
        "{added}"
    );
    assert!(
        added.contains(&format!(
            "url = \"https://example.com/1\"\nfingerprint = \"{seal}\"\n"
        )),
        "{added}"
    );
    assert!(workspace.read("observed.lock").contains(" reviewed\n"));
    assert_eq!(workspace.run(&["check"]).code, 0);
}

#[test]
fn what_changed_is_shown_again_and_a_no_leaves_it_as_it_is() {
    let workspace = Workspace::exempt(SHOP);
    reviewed(&workspace, "price_order", "y\n");
    workspace.replace("app/src/lib.rs", "lines: u32", "lines: u64");
    let before = workspace.read("observed.toml");
    let out = reviewed(&workspace, "--all-changed", "n\n");
    assert!(
        out.contains("changed since observed.lock was written: lines: u32, number -> u64, number"),
        "{out}"
    );
    assert!(!out.contains("count_order"), "{out}");
    assert_eq!(workspace.read("observed.toml"), before);
    let said = workspace.run(&["check", "--format", "short"]);
    assert!(
        said.out
            .contains("changed since it was reviewed [R21-changed-since-review]"),
        "{}",
        said.out
    );
    reviewed(&workspace, "--all-changed", "y\n");
    assert_eq!(workspace.run(&["check"]).code, 0);
    assert_eq!(
        workspace
            .read("observed.toml")
            .matches("[review.price_order]")
            .count(),
        1
    );
}

#[test]
fn each_site_is_answered_by_itself() {
    let library = SHOP.replace("count_order", "price_order");
    let workspace = Workspace::exempt(&library);
    let before = workspace.read("observed.toml");
    let out = reviewed(&workspace, "price_order", "y\nn\n");
    assert_eq!(out.matches("May this leave?").count(), 2, "{out}");
    assert_eq!(workspace.read("observed.toml"), before, "one no is enough");
}
