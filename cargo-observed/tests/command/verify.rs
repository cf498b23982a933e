//! Exported traces, held to the lock.

use crate::workspace::Workspace;

fn shop() -> Workspace {
    Workspace::exempt(
        "#[observed_runtime::observed(name = \"price_order\", attrs(lines))]\npub fn price(lines: u32) { observed_runtime::observed_event!(name = \"order_empty\"); }\n",
    )
}

fn trace(name: &str, key: &str, event: &str) -> String {
    format!(
        r#"{{"resourceSpans":[{{"resource":{{"attributes":[{{"key":"service.name"}}]}},"scopeSpans":[{{"spans":[{{"name":"{name}","attributes":[{{"key":"{key}","value":{{"intValue":"1"}}}},{{"key":"error.type"}}],"events":[{{"name":"{event}"}}]}}]}}]}}]}}"#
    )
}

#[test]
fn what_the_lock_does_not_list_is_found_in_a_trace() {
    let workspace = shop();
    for (name, key, event, found) in [
        ("price_order", "lines", "order_empty", None),
        (
            "price_orders",
            "lines",
            "order_empty",
            Some("span `price_orders` [R21-unlisted]"),
        ),
        (
            "price_order",
            "email",
            "order_empty",
            Some("key `email` of span `price_order` [R21-unlisted]"),
        ),
        (
            "price_order",
            "lines",
            "order_full",
            Some("event `order_full` [R21-unlisted]"),
        ),
    ] {
        // The collector's file exporter writes an object in each line.
        let text = [
            trace("price_order", "lines", "order_empty"),
            trace(name, key, event),
        ]
        .join("\n");
        workspace.write("trace.json", text);
        let said = workspace.run(&["verify", "trace.json"]);
        assert_eq!(
            said.code,
            i32::from(found.is_some()),
            "{}{}",
            said.out,
            said.err
        );
        assert!(
            found.is_none_or(|found| said.out.contains(found)),
            "{}",
            said.out
        );
    }
}

#[test]
fn what_the_runtime_left_of_an_unreviewed_span_is_listed_by_nobody_and_is_no_finding() {
    let workspace = shop();
    let span = |more: &str| {
        format!(
            r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{"name":"unreviewed","attributes":[{{"key":"observed.partial"}}{more}}}]}}]}}]}}"#
        )
    };
    for (more, code) in [
        ("]", 0),
        (r#"],"events":[]"#, 0),
        (r#",{"key":"lines"}]"#, 1),
        (r#"],"events":[{"name":"order_empty"}]"#, 1),
        (r#"],"links":[{}]"#, 1),
    ] {
        workspace.write("trace.json", span(more));
        let said = workspace.run(&["verify", "trace.json"]);
        assert_eq!(said.code, code, "{more}: {}{}", said.out, said.err);
    }
}

#[test]
fn a_file_that_is_no_trace_is_a_failure() {
    let workspace = shop();
    for (text, message) in [
        ("{", "this is no JSON"),
        ("{}", "there is no span"),
        ("", "there is no span"),
    ] {
        workspace.write("trace.json", text);
        let said = workspace.run(&["verify", "trace.json"]);
        assert_eq!(said.code, 2);
        assert!(said.err.contains(message), "{}", said.err);
    }
    assert_eq!(workspace.run(&["verify", "nowhere.json"]).code, 2);
}
