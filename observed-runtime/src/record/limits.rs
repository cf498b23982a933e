//! How much one span can hold while it is open (OpenTelemetry specification, "Span limits").
//!
//! The worker applies the limits that are set. A record holds as many events and links as the specification's default
//! limits allow, and more where a program sets higher ones, so that a span does not grow for what will not leave.

#[cfg(feature = "enable")]
use std::sync::atomic::{AtomicUsize, Ordering};

/// The most links that are looked at, so that an iterator without end ends, and the most of links and of events that a
/// record can be made to hold.
pub(crate) const MOST: usize = 1_024;

// The settings stand below the records and cannot name this one; a limit that is let through must fit.
#[cfg(feature = "enable")]
const _: () = assert!(crate::config::MOST_HELD <= MOST);

/// Events and links of one span, unless more are set.
#[cfg(feature = "enable")]
const USUAL: usize = 128;

/// Of the process: a pipeline that wants more does no harm to one that does not, whose worker applies its own limits.
#[cfg(feature = "enable")]
static EVENTS: AtomicUsize = AtomicUsize::new(USUAL);
#[cfg(feature = "enable")]
static LINKS: AtomicUsize = AtomicUsize::new(USUAL);

/// Lets records hold so many events and links, up to [`MOST`]; what they hold already is not made less.
#[cfg(feature = "enable")]
pub(crate) fn raise(events: usize, links: usize) {
    EVENTS.fetch_max(events.min(MOST), Ordering::Relaxed);
    LINKS.fetch_max(links.min(MOST), Ordering::Relaxed);
}

/// How many events a record holds.
#[cfg(feature = "enable")]
pub(super) fn events() -> usize {
    EVENTS.load(Ordering::Relaxed)
}

/// How many links a record holds.
#[cfg(feature = "enable")]
pub(super) fn links() -> usize {
    LINKS.load(Ordering::Relaxed)
}
