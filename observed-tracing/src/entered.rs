//! What is entered on this thread: `tracing` leaves spans in any order, and the same one may be entered twice.

use std::cell::RefCell;

use observed_runtime::__private::HeldEntered;
use tracing_core::span::Id;

thread_local! {
    static ENTERED: RefCell<Vec<Entered>> = const { RefCell::new(Vec::new()) };
}

/// One call of `enter` that was not left yet.
struct Entered {
    layer: u64,
    span: Id,
    entry: HeldEntered,
}

/// Keeps what was entered until [`take`]; where the thread is ending it is left at once.
pub(crate) fn keep(layer: u64, span: &Id, entry: HeldEntered) {
    let entered = Entered {
        layer,
        span: span.clone(),
        entry,
    };
    let mut given = Some(entered);
    let _ = ENTERED.try_with(|all| {
        if let Ok(mut all) = all.try_borrow_mut() {
            all.extend(given.take());
        }
    });
}

/// The last entry of a span on this thread.
pub(crate) fn take(layer: u64, span: &Id) -> Option<HeldEntered> {
    let taken = ENTERED.try_with(|all| {
        let mut all = all.try_borrow_mut().ok()?;
        let is_it = |entered: &Entered| entered.layer == layer && entered.span == *span;
        let at = all.iter().rposition(is_it)?;
        Some(all.remove(at).entry)
    });
    taken.ok()?
}

/// The span that was entered last on this thread.
pub(crate) fn last(layer: u64) -> Option<Id> {
    let last = ENTERED.try_with(|all| {
        let all = all.try_borrow().ok()?;
        let mut entered = all.iter().rev();
        let entered = entered.find(|entered| entered.layer == layer)?;
        Some(entered.span.clone())
    });
    last.ok()?
}
