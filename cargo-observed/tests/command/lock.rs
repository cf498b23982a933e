//! The lock: made whole, held in step, and merged by git.

use crate::workspace::Workspace;

const SHOP: &str = r#"use observed_runtime::{AttributeValue, observed, observed_record};

#[derive(AttributeValue)]
pub enum Step { First, Last }

#[observed(name = "price_order", attrs(lines, step), late(total: u64))]
pub fn price(lines: u32, step: Step) {
    observed_record!(total = 1);
}
"#;

#[test]
fn the_lock_lists_all_that_leaves_and_no_line_numbers() {
    let workspace = Workspace::exempt(SHOP);
    let lock = workspace.read("observed.lock");
    let line = lock.lines().last().unwrap();
    let (leaves, rest) = line.rsplit_once(" #").unwrap();
    assert_eq!(
        leaves,
        "span price_order internal app::price lines:u32:number step:Step{first|last}:enum total:u64:late"
    );
    assert!(rest.ends_with(" exempt"), "{rest}");
    workspace.replace(
        "app/src/lib.rs",
        "#[observed(",
        "// One line more.\n\n#[observed(",
    );
    assert_eq!(workspace.run(&["sync", "--check"]).code, 0);
    assert_eq!(workspace.run(&["check"]).code, 0);
}

/// Each layer of what leaves, changed once: what, the text before and after, and what is said of it.
const CHANGES: [(&str, &str, &str, &str); 12] = [
    (
        "an annotation",
        "attrs(lines,",
        "attrs(lines = lines.min(3),",
        "lines: u32, number -> ?, ?",
    ),
    (
        "a key",
        "attrs(lines,",
        "attrs(rows = lines,",
        "new key rows (u32, number); no key lines",
    ),
    (
        "a variant",
        "First, Last",
        "First, Middle, Last",
        "step: Step{first|last}, enum -> Step{first|middle|last}, enum",
    ),
    (
        "a type behind a parameter",
        "lines: u32",
        "lines: u64",
        "lines: u32, number -> u64, number",
    ),
    (
        "a late type",
        "total: u64",
        "total: u32",
        "total: u64, late -> u32, late",
    ),
    (
        "a late wrapper",
        "late(total: u64)",
        "late(total: text)",
        "total: u64, late -> text, late",
    ),
    (
        "the kind",
        "name = \"price_order\"",
        "name = \"price_order\", kind = client",
        "kind internal -> client",
    ),
    (
        "the scope",
        "name = \"price_order\"",
        "name = \"price_order\", scope = \"shop\"",
        "[] -> [scope=shop]",
    ),
    (
        "the name",
        "price_order",
        "price_orders",
        "`price_orders` was `price_order`",
    ),
    (
        "the function",
        "pub fn price(",
        "pub fn priced(",
        "`price_order` moved from app::price to app::priced",
    ),
    (
        "all of it",
        "#[observed(name = \"price_order\", attrs(lines, step), late(total: u64))]",
        "",
        "`price_order` is in observed.lock and not in the sources",
    ),
    (
        "one more",
        "#[derive(",
        "#[observed(name = \"count_order\")]\npub fn count() {}\n#[derive(",
        "`count_order` is not in observed.lock",
    ),
];

#[test]
fn every_change_of_what_leaves_is_found() {
    for (what, old, new, said) in CHANGES {
        let workspace = Workspace::exempt(SHOP);
        workspace.replace("app/src/lib.rs", old, new);
        let found = workspace.run(&["check", "--format", "short"]);
        assert_eq!(found.code, 1, "{what}: {}{}", found.out, found.err);
        let drift: Vec<&str> = found
            .out
            .lines()
            .filter(|line| line.ends_with("[R21-drift]"))
            .collect();
        assert_eq!(drift.len(), 1, "{what}: {}", found.out);
        assert!(drift[0].contains(said), "{what}: {}", drift[0]);
        assert_eq!(workspace.run(&["sync", "--check"]).code, 1, "{what}");
    }
}

#[test]
fn an_expression_alone_is_a_change_too() {
    let workspace = Workspace::exempt(&SHOP.replace("lines, step)", "lines = step.one())"));
    workspace.replace("app/src/lib.rs", "step.one()", "step.two()");
    let said = workspace.run(&["check", "--format", "short"]);
    assert!(
        said.out
            .contains("is not what observed.lock says: an expression"),
        "{}",
        said.out
    );
}

#[test]
fn sync_writes_the_lock_and_reviews_nothing() {
    let workspace = Workspace::exempt(SHOP);
    let people = workspace.read("observed.toml");
    workspace.replace("app/src/lib.rs", "total: u64", "total: u32");
    assert_eq!(workspace.run(&["sync"]).out, "wrote observed.lock\n");
    assert!(
        workspace.read("observed.lock").ends_with(" new\n"),
        "what changed is not exempt any more"
    );
    assert_eq!(workspace.read("observed.toml"), people);
    assert_eq!(workspace.run(&["sync"]).out, "");
    let said = workspace.run(&["check", "--format", "short"]);
    assert_eq!(said.code, 1);
    assert!(
        said.out
            .contains("changed since it was exempt [R21-changed-since-review]"),
        "{}",
        said.out
    );
}

#[test]
fn what_is_there_is_not_made_anew() {
    let workspace = Workspace::exempt(SHOP);
    let (lock, people) = (
        workspace.read("observed.lock"),
        workspace.read("observed.toml"),
    );
    let said = workspace.run(&["init"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("observed.lock exists"), "{}", said.err);
    assert_eq!(
        (
            workspace.read("observed.lock"),
            workspace.read("observed.toml")
        ),
        (lock, people)
    );
}

#[test]
fn without_a_lock_check_says_how_to_make_one() {
    let said = Workspace::new("").run(&["check", "--format", "short"]);
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("`cargo observed init` makes it"),
        "{}",
        said.out
    );
}

#[test]
fn a_broken_lock_is_told_by_its_line() {
    for (broken, message) in [
        (
            "<<<<<<< ours\n",
            "observed.lock: line 4: a conflict of a merge is left",
        ),
        ("span one\n", "observed.lock: line 4: a line holds at least"),
    ] {
        let workspace = Workspace::exempt(SHOP);
        workspace.write("observed.lock", workspace.read("observed.lock") + broken);
        let said = workspace.run(&["check"]);
        assert_eq!(said.code, 2);
        assert!(said.err.contains(message), "{}", said.err);
        assert_eq!(workspace.run(&["sync"]).code, 0, "sync makes it anew");
        assert_eq!(workspace.run(&["check"]).code, 0);
    }
}

#[test]
fn what_is_wrong_in_observed_toml_is_told_by_its_line() {
    for (text, message) in [
        (
            "[levels]\nR21-drfit = \"deny\"\n",
            "line 2: no rule `R21-drfit`",
        ),
        (
            "[levels]\nR21-drift = \"no\"\n",
            "line 2: `no` is no level: write deny, warn or allow",
        ),
        (
            "\n[settings]\nmax-news = 3\n",
            "line 3: unknown setting `max-news`",
        ),
        (
            "[settings]\nmax-new = -3\n",
            "line 2: `max-new` is a number",
        ),
        ("[reviews]\n", "line 1: unknown table `reviews`"),
        (
            "[review.a]\nexpires = \"soon\"\n",
            "line 2: `expires` is a day",
        ),
        (
            "[review.a]\nwhoo = \"Ada\"\n",
            "line 2: unknown entry `whoo`",
        ),
        ("[settings\n", "TOML parse error at line 1"),
    ] {
        let workspace = Workspace::new(&format!("=== observed.toml\n{text}"));
        workspace.write("observed.toml", text);
        let said = workspace.run(&["check"]);
        assert_eq!(said.code, 2, "{text}");
        assert!(
            said.err.contains("observed.toml: ") && said.err.contains(message),
            "{}",
            said.err
        );
    }
}

/// Two people annotate functions of their own, and git merges the lock without help.
#[test]
fn the_changes_of_two_people_merge() {
    let names = [
        "audit_result",
        "count_order",
        "price_order",
        "read_order",
        "write_order",
    ];
    let annotated = |name: &str| {
        format!("#[observed_runtime::observed(name = \"{name}\")]\npub fn {name}() {{}}\n")
    };
    let library: String = names.iter().map(|name| annotated(name)).collect();
    let workspace = Workspace::exempt(&format!(
        "pub mod ada;\npub mod bob;\n{library}=== app/src/ada.rs\n=== app/src/bob.rs\n"
    ));
    workspace.commit("base");
    for (who, name) in [("ada", "begin_order"), ("bob", "store_order")] {
        assert_eq!(
            workspace.git(&["checkout", "-q", "-b", who, "main"]).code,
            0
        );
        workspace.write(&format!("app/src/{who}.rs"), annotated(name));
        assert_eq!(workspace.run(&["sync"]).code, 0);
        workspace.commit(who);
    }
    let said = workspace.git(&["merge", "-q", "-m", "both", "ada"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert_eq!(workspace.run(&["sync", "--check"]).code, 0);
    assert_eq!(workspace.run(&["check"]).code, 0);
    assert_eq!(
        workspace.read("observed.lock").matches("\nspan ").count(),
        7
    );
}
