//! Revisions: what a change does, and what is said where there is none.

use crate::workspace::Workspace;

const BEFORE: &str = "use observed_runtime::observed;\n\n#[observed(name = \"price_order\", attrs(lines, action = public_static(action)))]\npub fn price(lines: u32, action: &'static str) {}\n\n#[observed(name = \"moved\")]\npub fn here() {}\n\n#[observed(name = \"old_name\")]\npub fn renamed() {}\n\n#[observed(name = \"gone\")]\npub fn gone() {}\n";

fn changed() -> Workspace {
    let workspace = Workspace::exempt(BEFORE);
    workspace.commit("before");
    let after = BEFORE
        .replace("lines: u32", "lines: bool")
        .replace(
            "public_static(action)",
            "public(action), shelf = not_pii(lines, \"a place in the warehouse\")",
        )
        .replace("pub fn here", "pub fn there")
        .replace("old_name", "new_name")
        .replace(
            "#[observed(name = \"gone\")]\n",
            "#[observed(name = \"fresh_one\", attrs(total = 1))]\n",
        )
        .replace("pub fn gone", "pub fn fresh");
    workspace.write("app/src/lib.rs", after);
    workspace
}

#[test]
fn a_difference_shows_first_what_widens() {
    let workspace = changed();
    let said = workspace.run(&["diff", "HEAD", "--format", "markdown"]);
    assert_eq!(said.code, 0, "{}", said.err);
    insta::assert_snapshot!("a_difference_in_markdown", said.out);
    workspace.commit("after");
    let between = workspace.run(&["diff", "HEAD~1..HEAD", "--format", "markdown"]);
    assert_eq!(between.out, said.out);
    assert_eq!(
        workspace.run(&["diff", "HEAD..HEAD"]).out,
        "Nothing that leaves changed.\n"
    );
}

#[test]
fn a_change_is_held_to_the_limits_of_the_team_and_moves_are_not_counted() {
    let workspace = changed();
    workspace.replace("observed.toml", "max-new = 10", "max-new = 0");
    let said = workspace.run(&["check", "--against", "HEAD", "--format", "short"]);
    assert!(
        said.out
            .contains("this change annotates 1 places, and 0 are allowed"),
        "{}",
        said.out
    );
    workspace.replace("observed.toml", "max-new = 0", "max-new = 1");
    let said = workspace.run(&["check", "--against", "HEAD", "--format", "short"]);
    assert!(!said.out.contains("R21-max-new"), "{}", said.out);
}

#[test]
fn sources_before_there_was_a_lock_are_read_as_they_were() {
    let workspace = Workspace::new(&format!("=== app/src/lib.rs\n{BEFORE}"));
    workspace.commit("before");
    assert_eq!(workspace.run(&["init"]).code, 0);
    workspace.replace("observed.toml", "max-new = 10", "max-new = 0");
    let said = workspace.run(&["check", "--against", "HEAD"]);
    assert_eq!(said.code, 0, "{}", said.out);
}

#[test]
fn a_revision_that_is_not_there_is_told_with_the_remedy() {
    let workspace = changed();
    for command in [
        &["check", "--against", "nowhere"][..],
        &["diff", "nowhere..HEAD"],
        &["diff", "HEAD..nowhere"],
    ] {
        let said = workspace.run(command);
        assert_eq!(said.code, 2);
        assert!(
            said.err
                .contains("there is no revision `nowhere` here; fetch it"),
            "{}",
            said.err
        );
    }
    let said = workspace.run(&["check", "--against=--all"]);
    assert_eq!(said.code, 2, "a flag is no revision: {}", said.out);
    let bare = Workspace::exempt(BEFORE);
    let said = bare.run(&["check", "--against", "HEAD"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("is in no git repository"), "{}", said.err);
}

#[test]
fn a_shallow_clone_says_that_it_is_one() {
    let workspace = changed();
    workspace.commit("after");
    let shallow = Workspace::new("");
    let from = format!("file://{}", workspace.root().display());
    let said = shallow.git(&["clone", "-q", "--depth", "1", &from, "clone"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let manifest = shallow.path("clone/Cargo.toml").display().to_string();
    let said = shallow.run(&["check", "--manifest-path", &manifest, "--against", "HEAD~1"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("the clone is shallow: fetch its history"),
        "{}",
        said.err
    );
}

#[test]
fn reading_a_revision_leaves_the_repository_as_it_was() {
    let workspace = changed();
    let before = workspace.git(&["status", "--porcelain"]).out;
    workspace.run(&["diff", "HEAD"]);
    assert_eq!(workspace.git(&["status", "--porcelain"]).out, before);
    assert_eq!(workspace.git(&["worktree", "list"]).out.lines().count(), 1);
}
