//! Runs a program under the layer and captures what it makes.

use observed_runtime::testing::{self, Capture};
use observed_tracing::{List, layer};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;

/// A subscriber with nothing but the layer of this list.
pub(crate) fn subscriber(
    list: &List,
) -> impl tracing::Subscriber + for<'a> LookupSpan<'a> + Send + Sync + use<> {
    Registry::default().with(layer(list).unwrap())
}

/// What `work` leaves under the layer of this list.
#[allow(dead_code, reason = "not every binary of tests uses it")]
pub(crate) fn traced(list: &List, work: impl FnOnce()) -> Capture {
    let subscriber = subscriber(list);
    let run = || tracing::subscriber::with_default(subscriber, work);
    testing::capture(run).1
}

/// The same beside a layer of somebody else's, which wants everything.
#[allow(dead_code, reason = "not every binary of tests uses it")]
pub(crate) fn traced_beside_others(list: &List, work: impl FnOnce()) -> Capture {
    let others = tracing_subscriber::fmt::layer().with_writer(std::io::sink);
    let subscriber = subscriber(list).with(others);
    let run = || tracing::subscriber::with_default(subscriber, work);
    testing::capture(run).1
}

/// Everything that started has ended and left, and nothing was lost.
#[allow(dead_code, reason = "not every binary of tests uses it")]
pub(crate) fn accounts(capture: &Capture) {
    let account = capture.accounting;
    assert_eq!(account.started, capture.spans.len() as u64);
    assert_eq!(account.started, account.exported, "{account:?}");
    assert_eq!((account.open, account.pending), (0, 0), "{account:?}");
}
