//! Types that no source shows, filled in from a test run.

use crate::workspace::Workspace;

const SHOP: &str = r#"
use observed_runtime::observed;

#[observed(name = "price_order", attrs(total = order.total(), rush = order.rush(), tags = order.tags(), lines))]
pub fn price(order: &Order, lines: u32) {
    observed_runtime::observed_event!(name = "order_priced", attrs(share = order.share()));
}
"#;

/// A trace of that span with these values.
fn trace(total: &str, tags: &str) -> String {
    format!(
        r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{"name":"price_order","attributes":[
        {{"key":"total","value":{{{total}}}}},{{"key":"rush","value":{{"boolValue":true}}}},
        {{"key":"tags","value":{{"arrayValue":{{"values":[{tags}]}}}}}},{{"key":"lines","value":{{"intValue":"3"}}}}],
        "events":[{{"name":"order_priced","attributes":[{{"key":"share","value":{{"doubleValue":0.5}}}}]}}]}}]}}]}}]}}"#
    )
}

const TOTAL: &str = r#""intValue":"7""#;
const TAGS: &str = r#"{"stringValue":"a"},{"stringValue":"b"}"#;

fn shop() -> Workspace {
    let workspace = Workspace::exempt(SHOP);
    workspace.write("trace.json", trace(TOTAL, TAGS));
    workspace
}

#[test]
fn a_test_run_fills_in_what_no_source_shows_and_nothing_else() {
    let workspace = shop();
    let before = workspace.read("observed.toml");
    let lock = workspace.read("observed.lock");
    assert!(
        lock.contains("total:?:? rush:?:? tags:?:? lines:u32:number"),
        "{lock}"
    );
    let said = workspace.run(&["sync", "--types", "trace.json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.out, "wrote observed.toml\nwrote observed.lock\n");
    let lock = workspace.read("observed.lock");
    assert!(
        lock.contains("total:int:number rush:bool:flag tags:text[]:text lines:u32:number"),
        "{lock}"
    );
    assert!(lock.contains("share:double:number"), "{lock}");
    let added = workspace.read("observed.toml");
    let added = added
        .strip_prefix(&before)
        .unwrap_or_else(|| panic!("{added}"));
    assert_eq!(
        added,
        "\n[types.order_priced]\nshare = \"double\"\n\n[types.price_order]\nrush = \"bool\"\ntags = \"text[]\"\ntotal = \"int\"\n"
    );
    // It stays without the trace, and is a change that a person looks at.
    assert_eq!(workspace.run(&["sync", "--check"]).code, 0);
    let said = workspace.run(&["check", "--format", "short"]);
    assert!(!said.out.contains("R21-unknown-type"), "{}", said.out);
    assert!(
        said.out.contains("[R21-changed-since-review]"),
        "{}",
        said.out
    );
    assert_eq!(workspace.run(&["sync", "--types", "trace.json"]).out, "");
}

#[test]
fn what_the_source_shows_is_not_taken_from_elsewhere() {
    let workspace = shop();
    let toml = workspace.read("observed.toml");
    workspace.write(
        "observed.toml",
        toml + "\n[types.price_order]\nlines = \"text\"\n",
    );
    assert_eq!(workspace.run(&["sync"]).code, 0);
    assert!(workspace.read("observed.lock").contains("lines:u32:number"));
}

#[test]
fn a_later_trace_is_held_to_the_types() {
    let workspace = shop();
    assert_eq!(
        workspace.run(&["verify", "trace.json"]).code,
        0,
        "what is not known is any"
    );
    assert_eq!(workspace.run(&["sync", "--types", "trace.json"]).code, 0);
    assert_eq!(workspace.run(&["verify", "trace.json"]).code, 0);
    for (total, tags, found) in [
        (
            r#""stringValue":"7""#,
            TAGS,
            "text as key `total` of span `price_order`",
        ),
        (
            TOTAL,
            r#"{"intValue":"1"}"#,
            "a list of whole numbers as key `tags` of span `price_order`",
        ),
    ] {
        workspace.write("trace.json", trace(total, tags));
        let said = workspace.run(&["verify", "trace.json", "--quiet"]);
        assert_eq!(said.code, 1, "{}", said.err);
        assert_eq!(
            said.out,
            format!("trace.json:1:1: error: {found} [R21-unlisted]\n")
        );
    }
    // An empty list, and one of several types, has none.
    for tags in ["", r#"{"intValue":"1"},{"stringValue":"a"}"#] {
        workspace.write("trace.json", trace(TOTAL, tags));
        assert_eq!(workspace.run(&["verify", "trace.json"]).code, 0, "{tags}");
    }
}

#[test]
fn a_trace_that_cannot_be_used_changes_nothing() {
    let workspace = shop();
    let files = || {
        (
            workspace.read("observed.toml"),
            workspace.read("observed.lock"),
        )
    };
    let before = files();
    let two = [trace(TOTAL, TAGS), trace(r#""stringValue":"7""#, TAGS)].join("\n");
    for (text, message) in [
        ("{", "this is no JSON"),
        ("{}", "there is no span"),
        (
            two.as_str(),
            "`total` of `price_order` is int and text: use two keys",
        ),
    ] {
        workspace.write("trace.json", text);
        let said = workspace.run(&["sync", "--types", "trace.json"]);
        assert_eq!(said.code, 2, "{}", said.out);
        assert!(said.err.contains(message), "{}", said.err);
        assert_eq!(files(), before);
    }
    let said = workspace.run(&["sync", "--check", "--types", "trace.json"]);
    assert_eq!(said.code, 2, "{}", said.out);
}

#[test]
fn a_type_that_no_trace_shows_is_told_by_its_line() {
    let workspace = Workspace::new("=== observed.toml\n[types.price_order]\ntotal = \"u64\"\n");
    let said = workspace.run(&["check"]);
    assert_eq!(said.code, 2, "{}", said.out);
    assert!(
        said.err.contains(
            "observed.toml: line 2: `u64` is no type: write one of int, double, bool, text, int[]"
        ),
        "{}",
        said.err
    );
}
