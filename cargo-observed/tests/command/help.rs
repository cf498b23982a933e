//! The help is what it was, unless somebody means it.

use crate::workspace::Workspace;

#[test]
fn the_help_of_every_command_is_looked_at_before_it_changes() {
    let workspace = Workspace::new("");
    let mut all = vec![workspace.run(&["--help"]).out];
    for command in [
        "init", "list", "sync", "check", "diff", "review", "explain", "verify",
    ] {
        let said = workspace.run(&[command, "--help"]);
        assert_eq!(said.code, 0, "{}", said.err);
        all.push(format!("--- {command}\n{}", said.out));
    }
    insta::assert_snapshot!("help", all.join("\n"));
}
