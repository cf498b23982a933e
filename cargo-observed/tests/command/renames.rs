//! What people say was renamed is one thing that has another name, and not one that is gone and one that is new.

use crate::workspace::Workspace;

const BEFORE: &str = "use observed_runtime::observed;\n\n#[observed(name = \"price_order\", attrs(order.lines = lines, shelf))]\npub fn price(lines: u32, shelf: u8) {}\n";
const AFTER: &str = "use observed_runtime::observed;\n\n#[observed(name = \"price_cart\", attrs(cart.lines = lines, shelf, rush))]\npub fn price_of_cart(lines: u32, shelf: u8, rush: bool) {}\n";

/// The change, and what people say of it.
fn changed(renames: &str) -> Workspace {
    let workspace = Workspace::exempt(BEFORE);
    workspace.commit("before");
    workspace.write("app/src/lib.rs", AFTER);
    let toml = workspace.read("observed.toml");
    workspace.write("observed.toml", format!("{toml}\n{renames}"));
    workspace
}

const RENAMES: &str = "[renames.names]\nprice_order = \"price_cart\"\n\n[renames.keys]\n\"order.lines\" = \"cart.lines\"\n";

fn difference(workspace: &Workspace) -> String {
    let said = workspace.run(&["diff", "HEAD"]);
    assert_eq!(said.code, 0, "{}", said.err);
    said.out
}

/// What a check against the revision before says of keys and limits.
fn against(workspace: &Workspace) -> Vec<String> {
    let said = workspace.run(&["check", "--against", "HEAD", "--format", "short"]);
    let is_of_the_change = |line: &&str| {
        ["[R21-max-new]", "[R21-removed-key]", "[R21-retyped-key]"]
            .iter()
            .any(|id| line.ends_with(id))
    };
    let lines = said.out.lines().filter(is_of_the_change);
    let message = |line: &str| line.split(": ").skip(2).collect::<Vec<_>>().join(": ");
    lines.map(message).collect()
}

#[test]
fn without_a_word_from_people_one_is_gone_and_one_is_new() {
    let workspace = changed("");
    let out = difference(&workspace);
    assert!(
        out.contains("new span `price_cart`") && out.contains("Removed:\n"),
        "{out}"
    );
    assert!(!out.contains("Renamed:"), "{out}");
}

#[test]
fn a_difference_says_renamed_and_what_else_changed() {
    assert_eq!(
        difference(&changed(RENAMES)),
        "Widens:\n  `price_cart`: new key rush (bool, flag)\n\nRenamed:\n  `price_order` -> `price_cart`\n  `price_cart`: key order.lines -> cart.lines\n"
    );
}

#[test]
fn a_renamed_span_is_no_new_place_and_a_renamed_key_is_not_gone() {
    let limit = |workspace: &Workspace| {
        workspace.replace("observed.toml", "max-new = 10", "max-new = 0");
    };
    let workspace = changed(RENAMES);
    limit(&workspace);
    assert_eq!(against(&workspace), [""; 0]);
    let workspace = changed("[renames.names]\nprice_order = \"price_cart\"\n");
    limit(&workspace);
    assert_eq!(
        against(&workspace),
        ["`price_order` no longer records `order.lines` [R21-removed-key]"]
    );
    let workspace = changed("");
    limit(&workspace);
    assert_eq!(against(&workspace).len(), 3, "{:?}", against(&workspace));
}

#[test]
fn a_key_that_was_renamed_and_got_another_type_is_retyped() {
    let workspace = changed(RENAMES);
    workspace.replace("app/src/lib.rs", "lines: u32", "lines: bool");
    assert_eq!(
        against(&workspace),
        ["`order.lines` of `price_order` was a whole number and is a flag [R21-retyped-key]"]
    );
}

#[test]
fn drift_says_renamed_too() {
    let workspace = changed(RENAMES);
    let said = workspace.run(&["check", "--format", "short"]);
    assert!(
        said.out
            .contains("`price_cart` was `price_order` [R21-drift]"),
        "{}",
        said.out
    );
}

#[test]
fn what_cannot_be_read_is_told_by_its_line() {
    for (text, message) in [
        ("[renames]\na = \"b\"\n", "`a` is a table: write [a]"),
        (
            "[renames.spans]\na = \"b\"\n",
            "unknown table `renames.spans`; there are names, keys",
        ),
        (
            "[renames.names]\na = 7\n",
            "`a` is a text: write a = \"..\"",
        ),
    ] {
        let workspace = changed(text);
        let said = workspace.run(&["check"]);
        assert_eq!(said.code, 2, "{text}");
        assert!(said.err.contains(message), "{}", said.err);
    }
}
