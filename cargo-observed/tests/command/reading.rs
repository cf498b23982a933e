//! What is read of a workspace, and what is said where it cannot be.

use std::os::unix::fs::symlink;

use crate::workspace::Workspace;

/// The names of the sites, each with its path.
fn sites(workspace: &Workspace) -> Vec<String> {
    let said = workspace.run(&["list", "--format", "json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let list: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let sites = list["sites"].as_array().unwrap().iter();
    let text = |it: &serde_json::Value| it.as_str().unwrap().to_owned();
    let cfg = |site: &serde_json::Value| {
        let cfg: Vec<String> = site["cfg"].as_array().unwrap().iter().map(text).collect();
        cfg.join(" ")
    };
    sites
        .map(|site| {
            format!(
                "{} {} {}",
                text(&site["name"]),
                text(&site["path"]),
                cfg(site)
            )
            .trim()
            .to_owned()
        })
        .collect()
}

/// The lines that `list` gives of one site: its keys.
fn keys(library: &str) -> Vec<String> {
    let said = Workspace::new(&format!("=== app/src/lib.rs\n{library}")).run(&["list"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(!said.out.contains("not followed"), "{}", said.out);
    let keys = said.out.lines().filter(|line| line.starts_with("      "));
    keys.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

fn site(name: &str) -> String {
    format!("#[observed_runtime::observed(name = \"{name}\")]\npub fn {name}() {{}}\n")
}

#[test]
fn modules_are_followed_wherever_their_files_lie() {
    let workspace = Workspace::new("");
    workspace.write(
        "app/src/lib.rs",
        format!(
            "mod plain;\nmod below_plain;\n#[path = \"odd/place.rs\"]\nmod odd;\nmod inline {{ mod inner; {} }}\n#[cfg(test)]\nmod tests;\n\
             #[cfg(feature = \"absent\")]\nmod absent;\n{}",
            site("in_inline"),
            site("in_root")
        ),
    );
    workspace.write(
        "app/src/plain.rs",
        format!("{}pub mod below;\n", site("in_plain")),
    );
    workspace.write("app/src/plain/below.rs", site("in_below"));
    workspace.write(
        "app/src/odd/place.rs",
        format!("mod beside;{}", site("in_odd")),
    );
    workspace.write("app/src/odd/beside.rs", site("beside_odd"));
    workspace.write(
        "app/src/inline/inner/mod.rs",
        format!("#[cfg(unix)] mod last; {}", site("in_inner")),
    );
    workspace.write("app/src/inline/inner/last.rs", site("in_last"));
    workspace.write(
        "app/src/below_plain.rs",
        "#[path = \"../elsewhere\"] mod moved { mod inside; mod deeper { mod last; } }",
    );
    workspace.write("app/elsewhere/inside.rs", site("in_folder"));
    workspace.write("app/elsewhere/deeper/last.rs", site("in_deeper"));
    workspace.write("app/src/tests.rs", site("in_tests"));
    workspace.write("app/src/unreached.rs", site("in_unreached"));
    assert_eq!(
        sites(&workspace),
        [
            "beside_odd app::odd::beside::beside_odd",
            "in_below app::plain::below::in_below",
            "in_deeper app::below_plain::moved::deeper::last::in_deeper",
            "in_folder app::below_plain::moved::inside::in_folder",
            "in_inline app::inline::in_inline",
            "in_inner app::inline::inner::in_inner",
            "in_last app::inline::inner::last::in_last unix",
            "in_odd app::odd::in_odd",
            "in_plain app::plain::in_plain",
            "in_root app::in_root",
        ]
    );
}

#[test]
fn annotations_are_found_by_every_way_of_writing_them() {
    let library = r##"
use observed_runtime::{observed, observed_span as traced};
pub struct Shop;
impl Shop {
    #[observed(name = "method")]
    fn method(&self) { fn inner() { observed_runtime::observed_event!(name = "in_inner"); } inner() }
}
trait Sell {
    #[observed(name = "given")]
    fn given(&self) {}
    fn wanted(&self);
}
#[cfg_attr(feature = "on", observed(name = "conditional"))]
#[cfg(unix)]
fn conditional() { let _span = traced!(name = "renamed"); }
async fn told() {
    tokio::select! { _ = later() => { observed_runtime::observed_event!(name = "in_select") } }
}
#[cfg(test)]
mod tests { #[observed(name = "in_tests")] fn test() {} }
#[test]
#[observed(name = "in_a_test")]
fn tested() {}
// #[observed(name = "in_a_comment")]
const TEXT: &str = "#[observed(name = \"in_a_text\")] fn text() {}";
"##;
    let workspace = Workspace::new(&format!("=== app/src/lib.rs\n{library}"));
    assert_eq!(
        sites(&workspace),
        [
            "conditional app::conditional unix feature=\"on\"",
            "given app::Sell::given",
            "in_inner app::Shop::method::inner",
            "in_select app::told",
            "method app::Shop::method",
            "renamed app::conditional unix",
        ]
    );
}

#[test]
fn other_names_are_followed_from_module_to_module() {
    let workspace = Workspace::new(
        "=== app/src/lib.rs\npub mod facade;\nmod user;\nmod stranger;\n\
         === app/src/facade.rs\npub use observed_runtime::observed as watched;\n\
         === app/src/user.rs\nuse crate::facade::watched as seen;\n#[seen(name = \"seen_here\")]\nfn seen_here() {}\n\
         === app/src/stranger.rs\nuse tracing::observed;\n#[observed(name = \"stranger\")]\nfn stranger() {}\n",
    );
    assert_eq!(sites(&workspace), ["seen_here app::user::seen_here"]);
}

#[test]
fn types_are_followed_and_never_guessed() {
    let library = r#"
mod types;
use types::{Order, Step as Way};
use std::time::Duration;
type Cents = u64;
pub struct Pricer { lines: u32, order: Order }
impl Pricer {
    #[observed_runtime::observed(name = "price_order", attrs(
        literal = "a", number = 1, cast = order.id as u8, count = order.lines.len(), flag = order.lines.is_empty(),
        lines, wait, way, cents, own = self.lines, deep = self.order.way,
        maybe, text = public(order.text), shelf = not_pii(order.id, "a place in the warehouse"),
        called = order.total(), generic, foreign = url.port, strange
    ), late(chosen: Way, note: text, rest: Vec<u8>))]
    fn price<T>(&self, order: &Order, lines: &'static u16, wait: Duration, way: &Way, cents: Cents,
        maybe: Option<u32>, generic: T, url: Url, strange: other::Thing) {
        observed_runtime::observed_record!(note = public_static("x"));
    }
}
=== app/src/types.rs
pub struct Order { pub id: u64, pub lines: Vec<u8>, pub text: String, pub way: Step }
#[derive(observed_runtime::AttributeValue)]
pub enum Step { Plain, #[attribute(rename = "by-hand")] ByHand }
"#;
    assert_eq!(
        keys(library),
        [
            "literal str literal",
            "number i32 number",
            "cast u8 number",
            "count usize number",
            "flag bool flag",
            "lines u16 number",
            "wait Duration duration",
            "way Step{plain|by-hand} enum",
            "cents u64 number",
            "own u32 number",
            "deep Step{plain|by-hand} enum",
            "maybe u32 number",
            "text text public",
            "shelf u64 number+not_pii(\"a place in the warehouse\")",
            "called ? ?",
            "generic ? ?",
            "foreign ? ?",
            "strange ? ?",
            "chosen Step{plain|by-hand} late",
            "note text late+public_static at app/src/lib.rs:16",
            "rest ? late",
        ]
    );
}

/// A root file that cannot be read, and what is said of it.
const UNREADABLE: [(&[u8], &str); 5] = [
    (b"// \n// caf\xe9\n", "app/src/lib.rs: line 2 is not UTF-8"),
    (
        b"mod missing;",
        "`mod missing` leads to no file; looked for app/src/missing.rs and app/src/missing/mod.rs",
    ),
    (
        b"\n#[observed(name = \"a\"]\nfn a() {}",
        "app/src/lib.rs: line 2: ",
    ),
    (
        b"fn observed() {\n  let x = ;\n}",
        "app/src/lib.rs: line 2: ",
    ),
    (
        b"#[path = \"lib.rs\"]\nmod again;",
        "`mod again` leads back to app/src/lib.rs",
    ),
];

/// Every command ends with 2, says why, and writes nothing.
fn fails(workspace: &Workspace, message: &str) {
    for command in ["list", "check", "init", "sync"] {
        let said = workspace.run(&[command]);
        assert_eq!(said.code, 2, "{message}: {}", said.out);
        let is_told = said.err.starts_with("error: ") && said.err.contains(message);
        assert!(is_told, "{message}: {}", said.err);
        let written = ["observed.lock", "observed.toml"];
        assert!(written.iter().all(|file| !workspace.path(file).exists()));
    }
}

#[test]
fn what_cannot_be_read_is_a_failure_of_the_tool() {
    for (root, message) in UNREADABLE {
        let workspace = Workspace::new("");
        workspace.write("app/src/lib.rs", root);
        fails(&workspace, message);
    }
}

#[test]
fn links_in_a_circle_deep_brackets_and_a_broken_manifest_are_failures_too() {
    let linked = Workspace::new("=== app/src/lib.rs\nmod a;");
    symlink("b.rs", linked.path("app/src/a.rs")).unwrap();
    symlink("a.rs", linked.path("app/src/b.rs")).unwrap();
    fails(&linked, "app/src/a.rs: ");
    let deep = Workspace::new("");
    let (open, close) = ("(".repeat(5000), ")".repeat(5000));
    deep.write(
        "app/src/lib.rs",
        format!("fn observed() {{ {open}1{close} }}"),
    );
    fails(&deep, "brackets stand more than 1000 deep");
    let broken = Workspace::new("");
    broken.write("Cargo.toml", "[workspace");
    fails(&broken, "cargo cannot describe the workspace");
}

#[test]
fn what_the_compiler_refuses_is_a_finding_by_its_own_rule() {
    let workspace = Workspace::exempt(&site("fine"));
    workspace.write(
        "app/src/lib.rs",
        "#[observed_runtime::observed(name = \"Price\", attrs(email))]\nfn price(email: &str) {}\n",
    );
    let said = workspace.run(&["check", "--format", "short"]);
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("app/src/lib.rs:1:37: error: "),
        "{}",
        said.out
    );
    assert!(said.out.contains("[R3-name-shape]"), "{}", said.out);
}

#[test]
fn a_package_that_is_not_there_is_told_with_those_that_are() {
    let said = Workspace::new("").run(&["list", "-p", "shop"]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (2, "error: no package `shop` here; there are app\n")
    );
}
