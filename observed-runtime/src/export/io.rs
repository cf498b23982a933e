//! The runtime of the exporters: its I/O is driven between exports too.
//!
//! A connection that the other side closes while nothing is exported is then seen at once, and not by the next request,
//! which would be lost on it. The runtime is the worker's: the application needs none and lends none.

use std::future::Future;

use tokio::runtime::{EnterGuard, Runtime};

use crate::thread;

/// Threads for what blocks, which is the resolution of names. One that hangs must not be followed by ever more of them.
const MOST_BLOCKING: usize = 4;

/// Drives connections on a thread of its own, and futures on the worker's.
#[derive(Debug)]
pub(crate) struct Io(Option<Runtime>);

impl Io {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives none.
    pub(crate) fn start() -> Result<Self, String> {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(MOST_BLOCKING)
            .thread_name("observed-io")
            // Telemetry about telemetry: whatever an exporter spawns is not recorded.
            .on_thread_start(thread::suppress)
            .enable_all()
            .build()
            .map(|runtime| Self(Some(runtime)))
            .map_err(|error| {
                format!(
                    "the exporter's runtime could not be started: {}",
                    error.kind()
                )
            })
    }

    /// Runs a future to its end on this thread; nothing after the runtime was stopped.
    pub(crate) fn block_on<F: Future>(&self, future: F) -> Option<F::Output> {
        self.0.as_ref().map(|runtime| runtime.block_on(future))
    }

    /// Runs a future to its end beside the connections, and waits for it. What it hears of them it hears on their thread: on
    /// this one each frame of an answer would be two switches of threads. Nothing after the runtime was stopped.
    ///
    /// # Panics
    /// Where the future does.
    pub(crate) fn run<F>(&self, future: F) -> Option<F::Output>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        let runtime = self.0.as_ref()?;
        match runtime.block_on(runtime.spawn(future)) {
            Ok(output) => Some(output),
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => None,
            },
        }
    }

    /// Makes the runtime current on this thread, for what spawns tasks when it is called.
    pub(crate) fn enter(&self) -> Option<EnterGuard<'_>> {
        self.0.as_ref().map(Runtime::enter)
    }
}

impl Drop for Io {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            // A name that is still being resolved is not waited for.
            runtime.shutdown_background();
        }
    }
}
