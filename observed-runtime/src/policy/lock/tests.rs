//! A lock is read whole or not at all, as `cargo observed` reads it.

use super::*;

const LINE: &str = "span price_order server shop::price #0123456789abcdef reviewed";

fn lock(lines: &[&str]) -> Result<Lock, String> {
    Lock::parse(&format!("# made\nversion 1\n{}\n", lines.join("\n")))
}

fn lets_out(lock: &Lock) -> bool {
    lock.lets_out(What::Span, Some("price_order"), 0x0123_4567_89ab_cdef)
}

/// The lines are those that the command's own tests read, so that both take the same for a line.
#[test]
fn a_line_is_one_here_where_it_is_one_for_the_command() {
    let lines = include_str!("../../../../cargo-observed/tests/fixtures/lock-lines.txt");
    let mut seen = 0;
    for (expected, line) in lines.lines().filter_map(|line| line.split_once(' ')) {
        let read = Line::parse(line).map(|line| line.leaves);
        match expected {
            "bad" => assert!(read.is_err(), "{line}"),
            _ => assert_eq!(read, Ok(expected != "new"), "{line}"),
        }
        seen += 1;
    }
    assert!(seen > 20, "only {seen} lines");
}

#[test]
fn what_is_wrong_with_a_lock_is_said_with_the_line_and_without_its_text() {
    for (text, message) in [
        ("", "line 1: `version 1` is missing"),
        (LINE, "line 1: `version 1` is missing"),
        ("version 2\n", "line 1: a version that"),
        ("version 1\n\nhunter2 = 1\n", "line 3: expected at least"),
        ("version 1\n<<<<<<< ours\n", "line 2: a conflict"),
        (
            "version 1\nspan hunter2 a b #0123456789abcdef hunter2\n",
            "line 2: expected a standing",
        ),
    ] {
        let said = Lock::parse(text).unwrap_err();
        assert!(said.contains(message), "{text}: {said}");
        assert!(!said.contains("hunter2"), "{said}");
        assert!(said.contains("cargo observed sync"), "{said}");
    }
}

#[test]
fn only_what_is_reviewed_or_exempt_leaves_by_name_and_fingerprint_and_kind_of_record() {
    assert!(lets_out(&lock(&[LINE]).unwrap()));
    for other in [
        "span price_orders server shop::price #0123456789abcdef reviewed",
        "span price_order server shop::price #0123456789abcdee reviewed",
        "event price_order - shop::price #0123456789abcdef reviewed",
        "span price_order server shop::price #0123456789abcdef new",
    ] {
        assert!(!lets_out(&lock(&[other]).unwrap()), "{other}");
    }
    assert!(lets_out(
        &lock(&[&LINE.replace("reviewed", "exempt")]).unwrap()
    ));
    assert!(!lets_out(&lock(&[]).unwrap()));
}

#[test]
fn what_is_new_in_one_of_two_places_leaves_in_neither() {
    let new = LINE.replace("reviewed", "new");
    assert!(lets_out(&lock(&[LINE, LINE]).unwrap()));
    assert!(!lets_out(&lock(&[LINE, &new]).unwrap()));
    assert!(!lets_out(&lock(&[&new, LINE]).unwrap()));
}

/// `printf 'version 1\n' | sha256sum`
#[cfg(feature = "otlp")]
#[test]
fn the_digest_is_the_beginning_of_what_sha256sum_prints() {
    assert_eq!(digest("version 1\n"), "3a79bf37b571938d");
    assert_eq!(digest("version 1\r\n"), digest("version 1\n"));
    assert_ne!(digest("version 1\n\n"), digest("version 1\n"));
}

#[test]
fn a_request_leaves_by_the_line_of_its_parts_and_nothing_else_does() {
    let route = "span \"METHOD /users/{id}\" server shop::answer #0123456789abcdef reviewed";
    let lets_out = |line: &str, what, name| {
        lock(&[line])
            .unwrap()
            .lets_out(what, name, 0x0123_4567_89ab_cdef)
    };
    assert!(lets_out(route, What::Span, None));
    assert!(!lets_out(route, What::Span, Some("price_order")));
    assert!(!lets_out(route, What::Event, None));
    assert!(!lets_out(LINE, What::Span, None));
    // Of two literals: the name is one, and has a blank all the same.
    let whole = "span \"GET /health\" server shop::health #0123456789abcdef reviewed";
    assert!(lets_out(whole, What::Span, Some("GET /health")));
    assert!(!lets_out(whole, What::Span, Some("GET /")));
}
