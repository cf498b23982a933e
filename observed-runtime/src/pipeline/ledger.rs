//! The accounting of spans (R15): each event is counted where it happens, on a ledger of the thread it happens on.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::value::Loss;

macro_rules! counts {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {
        /// What is counted; the order is the order of reading, ends before beginnings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Count { $($(#[doc = $doc])+ $name,)+ }

        impl Count {
            pub(crate) const ALL: &'static [Count] = &[$(Count::$name,)+];
        }
    };
}

counts! {
    /// Recorded on trial, and its trace neither failed nor was slow.
    Discarded,
    /// Accepted by every exporter.
    Exported,
    /// Dropped: an exporter refused it or failed.
    ExportFailed,
    /// Dropped: the queue was full.
    QueueFull,
    /// Dropped: tracing was switched off while the span was open.
    Disabled,
    /// Dropped: the pipeline had been shut down.
    Shutdown,
    /// Dropped: its thread ended while the span was open.
    ThreadEnded,
    /// Dropped: the receiver took the request and refused the span.
    Rejected,
    /// Dropped: the span alone was larger than a request may be.
    TooLarge,
    /// Given to the exporters.
    HandedOver,
    /// An open span ended.
    Closed,
    /// A span became open.
    Opened,
    /// A span was started and is recorded.
    Started,
    /// A trace began or was continued here, and is recorded.
    Sampled,
    /// A sampling decision said no.
    Unsampled,
    /// A sampling decision said yes, and the overhead budget was used up.
    OverBudget,
    /// A trace was not recorded, because exports kept failing.
    Paused,
    /// A span could not be started: its thread was ending, or telemetry was at work on it already.
    Refused,
    /// The expression of an attribute, of links, of a parent or of an error's code panicked, or its value could not be
    /// recorded.
    AttributeLost,
    /// A float was not finite.
    NotFinite,
    /// A whole number was above `i64::MAX`.
    OutOfRange,
    /// An attribute was beyond the limit of a span's or an event's.
    OverLimit,
    /// An event was beyond the limit of a span's.
    EventDropped,
    /// A link was beyond the limit of a span's.
    LinkDropped,
    /// The firewall withheld an attribute, an event or a name: it looked like personal data or a credential.
    Withheld,
    /// An attribute's key was not on the allow-list.
    NotAllowed,
    /// A span leaves without its name and values, or under `warn` with them: the lock does not hold it as reviewed.
    Unreviewed,
    /// The same of an event, in a span that is reviewed.
    EventUnreviewed,
    /// A text was cut to the length limit, or to the longest that is copied.
    Cut,
    /// A member of a caller's `tracestate` was not carried on.
    StateMember,
    /// A request's span was named by its method alone: what came as its template is none, or there are too many.
    RouteUnnamed,
}

impl Count {
    /// How the worker counts the loss of an attribute; what could not be recorded was counted where that was seen.
    pub(crate) fn of_loss(loss: Loss) -> Option<Self> {
        match loss {
            Loss::Lost => None,
            Loss::NotFinite => Some(Self::NotFinite),
            Loss::OutOfRange => Some(Self::OutOfRange),
            Loss::OverLimit => Some(Self::OverLimit),
            Loss::Cut => Some(Self::Cut),
        }
    }
}

const SIZE: usize = Count::ALL.len();

/// Counters of one thread, or of the worker.
#[derive(Debug, Default)]
pub(crate) struct Ledger([AtomicU64; SIZE]);

impl Ledger {
    /// Counts on a ledger that only this thread writes: a load and a store, no read-modify-write.
    pub(crate) fn count(&self, what: Count, by: u64) {
        let counter = &self.0[what as usize];
        counter.store(counter.load(Ordering::Relaxed) + by, Ordering::Release);
    }

    /// Counts on a ledger that several threads write.
    pub(crate) fn count_shared(&self, what: Count, by: u64) {
        self.0[what as usize].fetch_add(by, Ordering::Release);
    }
}

/// The sum of ledgers at one moment.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals([u64; SIZE]);

impl Totals {
    pub(crate) fn of(&self, what: Count) -> u64 {
        self.0[what as usize]
    }

    /// Adds the ledgers up. Ends are read over all ledgers before beginnings, so that a span that moves on
    /// meanwhile is never seen to have ended without having begun.
    pub(crate) fn add<'a>(&mut self, ledgers: &(impl Iterator<Item = &'a Ledger> + Clone)) {
        for what in Count::ALL {
            for ledger in ledgers.clone() {
                self.0[*what as usize] += ledger.0[*what as usize].load(Ordering::Acquire);
            }
        }
    }
}
