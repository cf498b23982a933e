//! The current context of this thread, and closures that carry it to another one.

use super::Context;

/// The context of the current span, or of what was attached to this thread; empty where there is neither.
/// Where spans are not recorded it is what was attached, and what `parent = ` and a request's headers named (feature `http`).
///
/// For log lines and for handing to another thread; see [`wrap`].
#[must_use]
pub fn current() -> Context {
    #[cfg(feature = "enable")]
    {
        crate::thread::attach::current_context()
    }
    #[cfg(all(feature = "http", not(feature = "enable")))]
    {
        crate::carried::current()
    }
    #[cfg(not(any(feature = "enable", feature = "http")))]
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
    move || context.run(closure)
}

impl Context {
    /// Runs `work` in this context, as often as asked: for closures that a thread pool calls many times.
    ///
    /// ```
    /// use observed_runtime::{context, observed};
    ///
    /// #[observed(name = "hash_block")]
    /// fn hash_block(block: u64) -> u64 {
    ///     block.rotate_left(7)
    /// }
    ///
    /// let context = context::current();
    /// // With rayon: `blocks.par_iter().map(|block| context.run(|| hash_block(*block)))`.
    /// let hashes = [3, 5].map(|block| context.run(|| hash_block(block)));
    /// assert_eq!(hashes, [384, 640]);
    /// ```
    pub fn run<R>(&self, work: impl FnOnce() -> R) -> R {
        let _attached = attach(self);
        work()
    }
}

/// Makes `context` current on this thread until the returned value is dropped.
#[cfg(feature = "enable")]
pub(crate) fn attach(context: &Context) -> crate::thread::attach::Attached {
    crate::thread::attach::attach(context)
}

/// Makes `context` current on this thread until the returned value is dropped.
#[cfg(all(feature = "http", not(feature = "enable")))]
pub(crate) fn attach(context: &Context) -> crate::carried::Attached {
    crate::carried::attach(context)
}

/// What is attached where nothing is recorded, nor forwarded.
#[cfg(not(any(feature = "enable", feature = "http")))]
#[derive(Debug)]
pub(crate) struct Unattached;

#[cfg(not(any(feature = "enable", feature = "http")))]
pub(crate) fn attach(_: &Context) -> Unattached {
    Unattached
}
