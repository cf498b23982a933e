//! The current context of this thread, and closures that carry it to another one.

use std::marker::PhantomData;

use super::{Context, Ids};

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

/// The ids of the current context, for a log line; `None` outside of spans, and while nothing is recorded in this process.
///
/// A trace that was decided not to be recorded has ids too, and flags that say so: its lines belong together, here and in
/// the services that it calls. It allocates nothing.
///
/// ```
/// use observed_runtime::context;
///
/// fn line(message: &str) -> String {
///     match context::ids() {
///         // trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7 trace_flags=01
///         Some(ids) => format!("{message} {ids}"),
///         None => message.to_owned(),
///     }
/// }
/// assert_eq!(line("started"), "started");
/// ```
#[must_use]
pub fn ids() -> Option<Ids> {
    #[cfg(feature = "enable")]
    {
        if !crate::switch::is_on() {
            return None;
        }
        crate::thread::log_ids::current_ids()
    }
    #[cfg(not(feature = "enable"))]
    {
        None
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

    /// Makes this context current on this thread until the returned guard is dropped: where a closure would be in the way of
    /// `?`, `return` or `break`.
    ///
    /// ```
    /// use observed_runtime::{Context, observed};
    ///
    /// #[observed(name = "hash_block")]
    /// fn hash_block(block: u64) -> Result<u64, &'static str> {
    ///     block.checked_mul(7).ok_or("too large")
    /// }
    ///
    /// fn receive(context: &Context, blocks: &[u64]) -> Result<u64, &'static str> {
    ///     let _current = context.attach();
    ///     let mut sum = 0;
    ///     for block in blocks {
    ///         sum += hash_block(*block)?;
    ///     }
    ///     Ok(sum)
    /// }
    /// assert_eq!(receive(&observed_runtime::context::current(), &[1, 2]), Ok(21));
    /// ```
    pub fn attach(&self) -> ContextGuard {
        ContextGuard {
            _attached: attach(self),
            _on_one_thread: PhantomData,
        }
    }
}

/// Keeps a context current on the thread that attached it; made by [`Context::attach`].
///
/// It belongs to the thread that made it:
///
/// ```compile_fail,E0277
/// fn is_send<T: Send>(_: T) {}
/// is_send(observed_runtime::context::current().attach());
/// ```
///
/// so it cannot be held across an `.await` of a future that is `Send`. Give the future to
/// [`in_context`](super::InContextExt::in_context) instead.
#[derive(Debug)]
#[must_use = "the context is current until the guard is dropped: write `let _current = context.attach()`"]
pub struct ContextGuard {
    _attached: Attached,
    _on_one_thread: PhantomData<*const ()>,
}

#[cfg(feature = "enable")]
pub(crate) use crate::thread::attach::{Attached, attach};

#[cfg(all(feature = "http", not(feature = "enable")))]
pub(crate) use crate::carried::{Attached, attach};

/// What is attached where nothing is recorded, nor forwarded.
#[cfg(not(any(feature = "enable", feature = "http")))]
#[derive(Debug)]
pub(crate) struct Attached;

#[cfg(not(any(feature = "enable", feature = "http")))]
pub(crate) fn attach(_: &Context) -> Attached {
    Attached
}
