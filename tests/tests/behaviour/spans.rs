//! R1, R3: one span per call, under its caller, with what was named and nothing else.

use observed_runtime::testing::{CapturedValue, capture};
use observed_runtime::{observed, observed_span};

#[observed(name = "fibonacci", attrs(n))]
fn fibonacci(n: u64) -> u64 {
    if n < 2 {
        n
    } else {
        fibonacci(n - 1) + fibonacci(n - 2)
    }
}

#[test]
fn a_recursive_function_leaves_the_tree_of_its_calls() {
    let (result, capture) = capture(|| fibonacci(3));
    assert_eq!(result, 2);
    let expected = "\
fibonacci n=3
  fibonacci n=2
    fibonacci n=1
    fibonacci n=0
  fibonacci n=1
";
    assert_eq!(capture.tree(), expected);
    assert!(capture.accounting.adds_up());
    assert_eq!(capture.accounting.exported, 5);
}

#[test]
fn nothing_is_recorded_that_was_not_named() {
    #[observed(name = "log_in")]
    fn log_in(_user: &str, _password: &str) -> bool {
        true
    }
    let (_, capture) = capture(|| log_in("ada", "hunter2"));
    assert_eq!(capture.span("log_in").unwrap().attributes, []);
}

struct Order {
    total: u64,
    note: String,
}

impl Order {
    #[observed(name = "price_order", kind = client, attrs(self.total, note = public(self.note), rate = 0.5))]
    fn price(&self) -> u64 {
        self.total
    }
}

#[test]
fn a_method_records_its_fields_under_the_keys_that_were_written() {
    let order = Order {
        total: 7,
        note: "rush".to_owned(),
    };
    let (_, capture) = capture(|| order.price());
    let expected = [
        ("total", CapturedValue::Int(7)),
        ("note", CapturedValue::Text("rush".to_owned())),
        ("rate", CapturedValue::Float(0.5)),
    ];
    assert_eq!(capture.span("price_order").unwrap().attributes, expected);
    assert_eq!(
        capture.tree(),
        "price_order (client) total=7 note=\"rush\" rate=0.5\n"
    );
}

#[test]
fn a_block_is_a_span_until_its_guard_is_dropped() {
    let ((), capture) = capture(|| {
        let outer = observed_span!(name = "outer");
        {
            let _inner = observed_span!(name = "inner", attrs(step = 1));
            fibonacci(1);
        }
        drop(outer);
        fibonacci(0);
    });
    assert_eq!(
        capture.tree(),
        "outer\n  inner step=1\n    fibonacci n=1\nfibonacci n=0\n"
    );
}

#[test]
fn guards_dropped_out_of_order_keep_their_parents() {
    let ((), capture) = capture(|| {
        let first = observed_span!(name = "first");
        let second = observed_span!(name = "second");
        drop(first);
        let third = observed_span!(name = "third");
        drop(second);
        drop(third);
        drop(observed_span!(name = "fourth"));
    });
    assert_eq!(capture.tree(), "first\n  second\n    third\nfourth\n");
    assert!(capture.accounting.adds_up());
}

#[test]
fn a_span_that_is_still_open_is_accounted_for_as_open() {
    let (guard, capture) = capture(|| observed_span!(name = "still_open"));
    assert_eq!(
        (capture.accounting.started, capture.accounting.open),
        (1, 1)
    );
    assert!(capture.accounting.adds_up());
    drop(guard);
}

#[test]
fn children_lie_inside_their_parents() {
    let (_, capture) = capture(|| fibonacci(6));
    for span in &capture.spans {
        assert!(span.start <= span.end);
        if let Some(parent) = capture
            .spans
            .iter()
            .find(|parent| parent.span_id == span.parent)
        {
            assert!(parent.start <= span.start && span.end <= parent.end);
            assert_eq!(parent.trace_id, span.trace_id);
        }
    }
}
