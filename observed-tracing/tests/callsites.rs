//! In a process of its own: what `tracing` remembers of a callsite depends on every subscriber that there is.

mod traced;

use observed_tracing::{List, span};
use traced::traced;
use tracing::Level;

#[test]
fn what_is_not_listed_is_switched_off_where_nobody_else_wants_it() {
    let list = List::new().with(span("store", "read"));
    let capture = traced(&list, || {
        assert!(tracing::info_span!(target: "store", "write").is_disabled());
        assert!(!tracing::info_span!(target: "store", "read").is_disabled());
        assert!(!tracing::event_enabled!(target: "store", Level::ERROR));
    });
    assert_eq!(capture.tree(), "read\n");
}
