//! Which fields of listed spans and events leave.

mod traced;

use std::fmt;

use observed_runtime::testing::{Capture, CapturedValue};
use observed_tracing::{List, event, span};
use traced::{accounts, traced};
use tracing::Level;
use tracing::field::Empty;

/// A type that must not be asked for its text.
struct Unspeakable;

impl fmt::Debug for Unspeakable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("asked for its Debug")
    }
}

impl fmt::Display for Unspeakable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("asked for its Display")
    }
}

impl std::error::Error for Unspeakable {}

fn read() -> List {
    let read = span("store", "read").number("rows").flag("is_cached");
    List::new().with(read.public("db.system"))
}

#[test]
fn a_listed_span_leaves_with_its_listed_fields_in_the_order_of_the_list() {
    let capture = traced(&read(), || {
        drop(tracing::info_span!(
            target: "store",
            "read",
            db.system = "sqlite",
            is_cached = true,
            secret = "hunter2",
            rows = 7_u64,
        ));
    });
    assert_eq!(
        capture.tree(),
        "read rows=7 is_cached=true db.system=\"sqlite\"\n"
    );
    assert_eq!(
        capture.accounting.attributes_lost, 0,
        "what is not listed is nobody's loss"
    );
    accounts(&capture);
}

#[test]
fn of_what_is_not_listed_nothing_leaves() {
    let capture = traced(&read(), || {
        let _ = tracing::info_span!(target: "store", "write", rows = 1).entered();
        let _ = tracing::info_span!(target: "other", "read", rows = 1).entered();
        let _ = tracing::info_span!("read", rows = 1).entered();
        let _read = tracing::info_span!(target: "store", "read").entered();
        tracing::info!(target: "store", rows = 1, "read");
    });
    assert_eq!(capture.tree(), "read\n");
}

#[test]
fn what_arrives_by_debug_display_or_as_an_error_never_leaves_and_is_counted() {
    let failed = event("store").named("failed").public("cause");
    let failed = failed
        .public("message")
        .not_pii("message", "to see that a reason does not help");
    let list = read().with(failed);
    let capture = traced(&list, || {
        let read = tracing::info_span!(
            target: "store",
            "read",
            db.system = ?Unspeakable,
            rows = %Unspeakable,
            is_cached = Empty,
        );
        let _read = read.entered();
        let error: &dyn std::error::Error = &Unspeakable;
        tracing::info!(target: "store", cause = error, "a message with {}", "ada@example.com");
    });
    assert_eq!(capture.tree(), "read\n  ! failed\n");
    assert_eq!(capture.accounting.attributes_lost, 4);
}

#[test]
fn a_field_of_another_kind_than_the_list_says_does_not_leave_and_is_counted() {
    let capture = traced(&read(), || {
        drop(
            tracing::info_span!(target: "store", "read", rows = "7", is_cached = 1, db.system = true),
        );
        drop(
            tracing::info_span!(target: "store", "read", rows = true, is_cached = "yes", db.system = 7),
        );
    });
    assert_eq!(capture.tree(), "read\nread\n");
    assert_eq!(capture.accounting.attributes_lost, 6);
}

/// The value of the only attribute of the only span.
fn only(capture: &Capture) -> Option<&CapturedValue> {
    capture.spans[0].attributes.first().map(|(_, value)| value)
}

#[test]
fn every_number_is_a_number() {
    macro_rules! leaves {
        ($($number:expr => $expected:expr),+ $(,)?) => {$(
            let capture = traced(&read(), || drop(tracing::info_span!(target: "store", "read", rows = $number)));
            assert_eq!(only(&capture), $expected.as_ref());
        )+};
    }
    leaves! {
        -7_i64 => Some(CapturedValue::Int(-7)),
        7_u8 => Some(CapturedValue::Int(7)),
        i64::MAX as u64 => Some(CapturedValue::Int(i64::MAX)),
        7_i128 => Some(CapturedValue::Int(7)),
        7_u128 => Some(CapturedValue::Int(7)),
        0.5_f64 => Some(CapturedValue::Float(0.5)),
        u64::MAX => None::<CapturedValue>,
        i128::MIN => None::<CapturedValue>,
        u128::MAX => None::<CapturedValue>,
        f64::NAN => None::<CapturedValue>,
    }
}

#[test]
fn what_is_recorded_later_counts_and_the_last_value_of_a_field_does() {
    let capture = traced(&read(), || {
        let read = tracing::info_span!(target: "store", "read", rows = 1, is_cached = Empty, db.system = Empty);
        read.record("is_cached", true);
        let entered = read.enter();
        read.record("rows", 2);
        drop(entered);
        read.record("db.system", "sqlite");
        read.record("rows", 3);
    });
    assert_eq!(
        capture.tree(),
        "read rows=3 is_cached=true db.system=\"sqlite\"\n"
    );
    assert_eq!(capture.accounting.attributes_lost, 0);
}

#[test]
fn what_is_recorded_while_another_thread_has_the_span_is_lost_and_counted() {
    let capture = traced(&read(), || {
        let read = tracing::info_span!(target: "store", "read", rows = 1);
        let entered = read.enter();
        std::thread::scope(|scope| {
            scope.spawn(|| read.record("rows", 2)).join().unwrap();
        });
        drop(entered);
    });
    assert_eq!(capture.tree(), "read rows=1\n");
    assert_eq!(capture.accounting.attributes_lost, 1);
}

#[test]
fn levels_are_a_filter() {
    let list = List::new()
        .with(span("store", "read").up_to(Level::DEBUG))
        .with(event("store").named("told").up_to(Level::WARN).number("n"));
    let capture = traced(&list, || {
        let _ = tracing::trace_span!(target: "store", "read").entered();
        let _debug = tracing::debug_span!(target: "store", "read").entered();
        let _error = tracing::error_span!(target: "store", "read").entered();
        tracing::info!(target: "store", n = 1);
        tracing::warn!(target: "store", n = 2);
        tracing::error!(target: "store", n = 3);
    });
    assert_eq!(
        capture.tree(),
        "read\n  read\n    ! told n=2\n    ! told n=3\n"
    );
}

#[test]
fn an_entry_of_one_event_goes_before_that_of_its_target() {
    let list = List::new()
        .with(event("store").named("told").number("n"))
        .with(
            event("store")
                .only("closed")
                .named("store_closed")
                .flag("is_clean"),
        );
    let capture = traced(&list, || {
        let _span = observed_runtime::observed_span!(name = "outer");
        tracing::info!(target: "store", n = 1, is_clean = true);
        tracing::info!(name: "closed", target: "store", n = 2, is_clean = true);
    });
    assert_eq!(
        capture.tree(),
        "outer\n  ! told n=1\n  ! store_closed is_clean=true\n"
    );
}

#[test]
fn the_scope_of_a_listed_span_is_a_switch() {
    let list = List::new().with(span("store", "read").scope("store_spans"));
    let capture = traced(&list, || drop(tracing::info_span!(target: "store", "read")));
    assert_eq!(capture.tree(), "read\n", "in a capture all scopes are on");
}

#[test]
fn under_a_lock_an_entry_is_known_by_its_fingerprint() {
    let list = read();
    let capture = traced(&list, || {
        drop(tracing::info_span!(target: "store", "read", rows = 7_u64));
    });
    let fingerprint = list.entries()[0].fingerprint();
    let lock = |number: u64| {
        format!("version 1\nspan read internal store rows:number:number #{number:016x} reviewed\n")
    };
    capture.assert_locked(&lock(fingerprint));
    let other = lock(fingerprint ^ 1);
    assert!(std::panic::catch_unwind(|| capture.assert_locked(&other)).is_err());
}
