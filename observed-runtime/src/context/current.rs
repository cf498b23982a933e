//! The current context of this thread, and closures that carry it to another one.

use super::Context;

/// The context of the current span, or of what was attached to this thread; empty where there is neither.
///
/// For log lines and for handing to another thread; see [`wrap`].
#[must_use]
pub fn current() -> Context {
    #[cfg(feature = "enable")]
    {
        crate::record::thread::current_context()
    }
    #[cfg(not(feature = "enable"))]
    {
        Context::default()
    }
}

/// Carries the current context to wherever `closure` runs: a thread, a thread pool, `spawn_blocking`.
///
/// ```
/// use observed_runtime::{context, observed};
///
/// #[observed(name = "hash_block")]
/// fn hash_block(block: u64) -> u64 {
///     block.rotate_left(7)
/// }
///
/// let worker = std::thread::spawn(context::wrap(|| hash_block(3)));
/// assert_eq!(worker.join().unwrap(), 384);
/// ```
pub fn wrap<F, R>(closure: F) -> impl FnOnce() -> R
where
    F: FnOnce() -> R,
{
    let context = current();
    move || {
        let _attached = attach(&context);
        closure()
    }
}

/// Makes `context` current on this thread until the returned value is dropped.
#[cfg(feature = "enable")]
pub(crate) fn attach(context: &Context) -> crate::record::thread::Attached {
    crate::record::thread::attach(context)
}

/// What is attached where nothing is recorded.
#[cfg(not(feature = "enable"))]
#[derive(Debug)]
pub(crate) struct Unattached;

#[cfg(not(feature = "enable"))]
pub(crate) fn attach(_: &Context) -> Unattached {
    Unattached
}
