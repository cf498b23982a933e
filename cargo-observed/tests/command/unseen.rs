//! What no source shows, because a macro or a build script makes it: written down by people, listed like any other.

use crate::workspace::Workspace;

const LINE: &str = "span close_day internal app::close_day lines:?:? #0123456789abcdef new";

fn shop() -> Workspace {
    Workspace::exempt(
        "#[observed_runtime::observed(name = \"price_order\", attrs(lines))]\npub fn price(lines: u32) {}\n",
    )
}

fn written_down(workspace: &Workspace, line: &str) {
    let toml = workspace.read("observed.toml");
    let toml = format!("{toml}\n[unseen]\nlines = [\"{line}\"]\n");
    workspace.write("observed.toml", toml);
}

#[test]
fn a_line_that_a_test_run_printed_is_drift_until_it_is_locked() {
    let workspace = shop();
    written_down(&workspace, LINE);
    let said = workspace.run(&["check", "--format", "short"]);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.out.contains("observed.toml:"), "{}", said.out);
    assert_eq!(workspace.run(&["sync"]).code, 0);
    assert!(workspace.read("observed.lock").contains(LINE));
    let said = workspace.run(&["check"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let said = workspace.run(&["list"]);
    assert!(said.out.contains("close_day"), "{}", said.out);
}

#[test]
fn a_change_that_writes_one_down_widens() {
    let workspace = shop();
    workspace.git(&["init", "-q"]);
    workspace.commit("before");
    written_down(&workspace, LINE);
    let said = workspace.run(&["diff", "HEAD"]);
    assert!(said.out.contains("new span `close_day`"), "{}", said.out);
    workspace.commit("after");
    let said = workspace.run(&["diff", "HEAD~1..HEAD"]);
    assert!(said.out.contains("new span `close_day`"), "{}", said.out);
    let said = workspace.run(&["diff", "HEAD"]);
    assert!(!said.out.contains("close_day"), "{}", said.out);
}

#[test]
fn a_line_that_cannot_be_read_is_a_failure_with_its_place() {
    for (line, message) in [
        ("span close_day", "in [unseen]: a line holds at least"),
        (
            "span close_day internal app::close lines:u64:late #0123456789abcdef new",
            "`late` is no class of `lines`",
        ),
    ] {
        let workspace = shop();
        written_down(&workspace, line);
        let said = workspace.run(&["check"]);
        assert_eq!(said.code, 2, "{}", said.out);
        assert!(said.err.contains("observed.toml: line "), "{}", said.err);
        assert!(said.err.contains(message), "{}", said.err);
    }
}
