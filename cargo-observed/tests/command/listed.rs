//! The list of spans and events of `tracing` that `observed.toml` names.

use crate::workspace::Workspace;

const LIST: &str = "\
[[span]]
target = \"h2::proto::connection\"
name = \"Connection\"
as = \"h2_connection\"

[[event]]
target = \"sqlx::query\"
as = \"sqlx_query\"
numbers = [\"rows_affected\"]
flags = [\"is_slow\"]
public = [\"user.name\"]
not_pii = { \"user.name\" = \"the role of the database\" }
";

/// A workspace with one annotation and this list.
fn with_list(list: &str) -> Workspace {
    let workspace = Workspace::exempt(
        "use observed_runtime::observed;\n\n#[observed(name = \"price_order\", attrs(cents))]\npub fn price(cents: u32) {}\n",
    );
    workspace.write("tracing.toml", list);
    let settings = "[settings]\ntracing = \"tracing.toml\"";
    workspace.replace("observed.toml", "[settings]", settings);
    workspace
}

fn listed(format: &str) -> String {
    let said = with_list(LIST).run(&["list", "--format", format]);
    assert_eq!(said.code, 0, "{}", said.err);
    said.out
}

#[test]
fn what_leaves_of_tracing_is_listed_among_what_leaves_of_annotations() {
    let out = listed("table");
    for expected in [
        "span  price_order  exempt",
        "span  h2_connection  new",
        "event sqlx_query  new",
        "tracing.toml:6",
        "user.name",
        "the role of the database",
    ] {
        assert!(out.contains(expected), "{expected}: {out}");
    }
}

#[test]
fn its_keys_are_those_that_an_allow_list_must_let_out() {
    assert_eq!(
        listed("allowlist"),
        "cents,is_slow,rows_affected,user.name\n"
    );
    assert!(listed("collector").contains("  - rows_affected\n"));
}

#[test]
fn scripts_and_tables_have_it_too() {
    let list: serde_json::Value = serde_json::from_str(&listed("json")).unwrap();
    let mut sites = list["sites"].as_array().unwrap().iter();
    let event = sites.find(|site| site["name"] == "sqlx_query").unwrap();
    assert_eq!(
        (&event["what"], &event["standing"]),
        (&"event".into(), &"new".into())
    );
    assert_eq!(event["place"]["line"], 6);
    assert_eq!(event["keys"][2]["not_pii"], "the role of the database");
    let row = "| sqlx_query | event | rows_affected | number |";
    assert!(listed("markdown").contains(row), "{}", listed("markdown"));
}

#[test]
fn an_entry_is_in_the_lock_and_a_change_of_it_is_a_finding() {
    let workspace = with_list(LIST);
    assert_eq!(workspace.run(&["sync"]).code, 0);
    let lock = workspace.read("observed.lock");
    let line =
        "event sqlx_query internal sqlx::query rows_affected:number:number is_slow:bool:flag";
    assert!(lock.contains(line), "{lock}");
    assert!(lock.contains("span h2_connection internal h2::proto::connection #"));
    let list = LIST.replace("flags = [\"is_slow\"]\n", "");
    workspace.write("tracing.toml", &list);
    let said = workspace.run(&["check"]);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!((said.out + &said.err).contains("sqlx_query"));
}

#[test]
fn a_list_that_the_layer_would_refuse_is_a_failure_with_its_line() {
    let said =
        with_list("[[event]]\ntarget = \"a\"\nas = \"a\"\npublic = [\"email\"]\n").run(&["list"]);
    assert_eq!(said.code, 2, "{}", said.out);
    assert!(
        said.err
            .contains("tracing.toml: line 4: events of a: field `email`"),
        "{}",
        said.err
    );
}
