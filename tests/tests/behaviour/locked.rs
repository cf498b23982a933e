//! R21: a test fails where something is recorded that the lock does not list, also what reading sources cannot see.

use std::panic::{AssertUnwindSafe, catch_unwind};

use observed_runtime::testing::{self, Capture, capture};
use observed_runtime::{observed, observed_event, observed_span};

/// Annotations that a macro makes: no reader of sources sees them.
macro_rules! priced {
    ($function:ident, $name:literal, $key:ident = $value:expr) => {
        #[observed(name = $name, attrs($key = $value))]
        fn $function() {}
    };
}

priced!(price_order, "price_order_of_a_macro", lines = 3);

/// The same annotation under the same name, as it was before somebody changed it.
mod before {
    use observed_runtime::{observed, observed_record};

    #[observed(name = "close_day", attrs(lines), late(count: u64))]
    pub(super) fn close_day(lines: u32) {
        observed_record!(count = u64::from(lines));
    }
}

mod another_key {
    use observed_runtime::{observed, observed_record};

    #[observed(name = "close_day", attrs(rows = lines), late(count: u64))]
    pub(super) fn close_day(lines: u32) {
        observed_record!(count = u64::from(lines));
    }
}

mod another_value {
    use observed_runtime::{observed, observed_record};

    #[observed(name = "close_day", attrs(lines = lines as u8), late(count: u64))]
    pub(super) fn close_day(lines: u32) {
        observed_record!(count = u64::from(lines));
    }
}

mod another_late_type {
    use observed_runtime::{observed, observed_record};

    #[observed(name = "close_day", attrs(lines), late(count: f64))]
    pub(super) fn close_day(lines: u32) {
        observed_record!(count = f64::from(lines));
    }
}

/// What the assertion says, or nothing where it holds.
fn said(capture: &Capture, lock: &str) -> String {
    let asserted = catch_unwind(AssertUnwindSafe(|| capture.assert_locked(lock)));
    let said = asserted.map_err(|said| said.downcast::<String>().unwrap());
    said.map_or_else(|said| *said, |()| String::new())
}

/// The lines that the lock lacks.
fn lines(capture: &Capture) -> Vec<String> {
    let said = said(capture, "version 1");
    let lines = said.lines().filter_map(|line| line.strip_prefix("  "));
    lines.map(str::to_owned).collect()
}

fn lock(lines: &[String]) -> String {
    format!("version 1\n{}\n", lines.join("\n"))
}

#[test]
fn the_message_has_the_lines_that_the_lock_lacks_and_with_them_it_holds() {
    let ((), capture) = capture(|| {
        let _span = observed_span!(name = "outer", scope = "shop", attrs(n = 1));
        observed_event!(name = "table_empty", attrs(rows = 0));
        before::close_day(3);
        before::close_day(4);
    });
    let missing = lines(&capture);
    let without_fingerprint: Vec<_> = missing
        .iter()
        .map(|line| line.split(" #").next().unwrap())
        .collect();
    let expected = [
        "span outer internal behaviour::locked scope=shop n:?:?",
        "event table_empty internal ? rows:?:?",
        "span close_day internal behaviour::locked::before::close_day lines:?:? count:?:?",
    ];
    assert_eq!(without_fingerprint, expected);
    assert_eq!(said(&capture, &lock(&missing)), "");
}

#[test]
fn a_request_is_known_by_the_parts_of_its_name_or_by_the_whole_of_it() {
    #[observed(name = route(method, "/orders/{id}"), kind = server)]
    fn order(method: &str) {}

    #[observed(name = route("GET", "/health"), kind = server)]
    fn health() {}

    let ((), capture) = capture(|| {
        order("GET");
        order("PROPFIND");
        health();
    });
    assert_eq!(capture.spans.len(), 3);
    let missing = lines(&capture);
    assert!(missing[0].starts_with("span \"METHOD template\" server"));
    assert!(missing[2].starts_with("span \"GET /health\" server"));
    assert_eq!(said(&capture, &lock(&missing)), "");
    assert!(said(&capture, &lock(&missing[..1])).contains("GET /health"));
    assert!(said(&capture, &lock(&missing[2..])).contains("METHOD template"));
}

#[test]
fn what_is_new_is_listed_and_what_is_not_listed_is_not() {
    let ((), capture) = capture(|| before::close_day(3));
    let listed = lock(&lines(&capture));
    assert!(listed.contains(" new"));
    assert_eq!(said(&capture, &listed), "");
    let as_an_event = listed.replace("span close_day", "event close_day");
    assert!(said(&capture, &as_an_event).contains("span close_day"));
}

#[test]
fn what_a_macro_made_is_seen() {
    let ((), capture) = capture(price_order);
    let missing = lines(&capture);
    assert_eq!(missing.len(), 1);
    assert!(missing[0].starts_with(
        "span price_order_of_a_macro internal behaviour::locked::price_order lines:?:? #"
    ));
    assert_eq!(said(&capture, &lock(&missing)), "");
}

#[test]
fn another_key_value_or_late_type_under_the_same_name_is_not_what_was_listed() {
    let ((), reviewed) = capture(|| before::close_day(3));
    let listed = lock(&lines(&reviewed));
    let changed: [fn(u32); 3] = [
        another_key::close_day,
        another_value::close_day,
        another_late_type::close_day,
    ];
    for change in changed {
        let ((), capture) = capture(|| change(3));
        let said = said(&capture, &listed);
        assert!(said.contains("span close_day internal"), "{said}");
    }
}

#[test]
fn the_whole_process_is_asked_too() {
    drop(capture(|| before::close_day(3)));
    let asserted = catch_unwind(|| testing::assert_locked("version 1"));
    let said = asserted.unwrap_err().downcast::<String>().unwrap();
    assert!(said.contains("\n  span close_day internal"), "{said}");
}

#[test]
fn a_lock_that_cannot_be_read_fails_the_test() {
    let ((), capture) = capture(|| before::close_day(3));
    assert!(said(&capture, "").contains("`version 1` is missing"));
}
