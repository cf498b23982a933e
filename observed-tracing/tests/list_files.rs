//! Lists in TOML, and what is said of a wrong one.

use observed_tracing::{Kind, List, layer};
use tracing_subscriber::Registry;

const WHOLE: &str = r#"
[[span]]
target = "h2::proto::connection"
name = "Connection"
as = "h2_connection"
level = "debug"
scope = "http2"

[[event]]
target = "sqlx::query"
as = "sqlx_query"
numbers = ["rows_affected", "elapsed_secs"]
flags = ["is_slow"]
public = ["db.system", "user.name"]
not_pii = { "user.name" = "the database's role, one of three" }
"#;

#[test]
fn a_list_is_read_with_its_fields_in_order_and_its_lines() {
    let list = List::from_toml(WHOLE).unwrap();
    let [span, event] = list.entries() else {
        panic!("{list:?}")
    };
    assert!(span.is_span() && !event.is_span());
    assert_eq!((span.line(), event.line()), (Some(2), Some(9)));
    assert_eq!(span.target(), "h2::proto::connection");
    assert_eq!(
        (span.exported(), event.exported()),
        ("h2_connection", "sqlx_query")
    );
    let expected = [
        ("rows_affected", Kind::Number),
        ("elapsed_secs", Kind::Number),
        ("is_slow", Kind::Flag),
        ("db.system", Kind::Public),
        ("user.name", Kind::Public),
    ];
    assert_eq!(event.fields().collect::<Vec<_>>(), expected);
    assert_eq!(
        event.reason("user.name"),
        Some("the database's role, one of three")
    );
    assert_eq!(event.reason("db.system"), None);
    list.check().unwrap();
    assert!(layer::<Registry>(&list).is_ok());
}

/// What is said of a list.
fn told(text: &str) -> String {
    let checked = List::from_toml(text).and_then(|list| list.check());
    checked.unwrap_err().to_string()
}

#[test]
fn what_cannot_be_read_is_told_with_its_line_and_what_to_write() {
    let unknown = told("[[span]]\ntarget = \"a\"\nname = \"b\"\nnumber = [\"c\"]\n");
    assert!(
        unknown.starts_with("line 4: unknown field `number`, expected one of"),
        "{unknown}"
    );
    assert!(unknown.contains("`numbers`"), "{unknown}");
    let missing = told("\n[[span]]\ntarget = \"a\"\n");
    assert_eq!(missing, "line 2: missing field `name`");
    let unnamed = told("[[event]]\ntarget = \"a\"\n");
    assert_eq!(unnamed, "line 1: missing field `as`");
    let level = told("[[event]]\ntarget = \"a\"\nas = \"a\"\nlevel = \"verbose\"\n");
    let expected = "expected \"error\", \"warn\", \"info\", \"debug\" or \"trace\"";
    assert_eq!(level, format!("line 4: level \"verbose\": {expected}"));
}

#[test]
fn every_rule_is_told_with_its_line() {
    for (text, expected) in [
        (
            "[[span]]\ntarget = \"h2::codec\"\nname = \"FramedRead::poll_next\"\n",
            "line 1: span h2::codec/FramedRead::poll_next: \"FramedRead::poll_next\" is no name under which it can leave",
        ),
        (
            "[[event]]\ntarget = \"a\"\nas = \"order_12345\"\n",
            "line 1: events of a: name \"order_12345\" contains \"12345\"",
        ),
        (
            "[[event]]\ntarget = \"\"\nas = \"a\"\n",
            "line 1: events of : `target` is empty",
        ),
        (
            "[[event]]\ntarget = \"a\"\nas = \"a\"\nnumbers = [\n  \"rows\",\n  \"Rows\",\n]\n",
            "line 6: events of a: field \"Rows\" cannot be a key",
        ),
        (
            "[[event]]\ntarget = \"a\"\nas = \"a\"\nnumbers = [\"n\"]\nflags = [\"n\"]\n",
            "line 5: events of a: field `n` is listed twice",
        ),
        (
            "[[event]]\ntarget = \"a\"\nas = \"a\"\n[[event]]\ntarget = \"a\"\nas = \"b\"\n",
            "line 4: events of a: listed twice",
        ),
        (
            "[[span]]\ntarget = \"a\"\nname = \"b\"\nscope = \"B\"\n",
            "line 1: span a/b: scope \"B\" must be lower-case words",
        ),
        (
            "[[event]]\ntarget = \"a\"\nas = \"a\"\npublic = [\"email\"]\n",
            "line 4: events of a: field `email` stands for contact data",
        ),
        (
            "[[event]]\ntarget = \"a\"\nas = \"a\"\nnumbers = [\"account_number\"]\n",
            "line 4: events of a: field `account_number` stands for",
        ),
        (
            "[[event]]\ntarget = \"a\"\nas = \"a\"\nflags = [\"hiv_positive\"]\n",
            "line 4: events of a: field `hiv_positive` stands for sensitive personal data",
        ),
        (
            "[[event]]\ntarget = \"a\"\nas = \"a\"\nnot_pii = { email = \"a list\" }\n",
            "line 1: events of a: `not_pii` for `email`, which is not listed",
        ),
        (
            "[[event]]\ntarget = \"a\"\nas = \"a\"\npublic = [\"email\"]\nnot_pii = { email = \" \" }\n",
            "line 1: events of a: `not_pii` for `email` gives no reason",
        ),
    ] {
        let told = told(text);
        assert!(told.starts_with(expected), "{told}\nand not\n{expected}");
        assert_eq!(told.lines().count(), 1, "one mistake, one line: {told}");
    }
}

#[test]
fn kinds_that_a_name_of_the_dictionary_allows_pass() {
    let list = "[[event]]\ntarget = \"a\"\nas = \"a\"\nflags = [\"has_email\"]\nnumbers = [\"email_count\", \"body\"]\n";
    List::from_toml(list).unwrap().check().unwrap();
}

#[test]
fn everything_that_is_wrong_is_told_at_once_and_nothing_is_made_of_such_a_list() {
    let list =
        List::from_toml("[[event]]\ntarget = \"\"\nas = \"A\"\npublic = [\"email\", \"cpf\"]\n")
            .unwrap();
    let mistakes = layer::<Registry>(&list).map(drop).unwrap_err();
    assert_eq!(mistakes.count(), 4);
    assert_eq!(mistakes.to_string().lines().count(), 4);
}
