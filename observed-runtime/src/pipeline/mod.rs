//! What ties the caller's side to the worker's: the switch, the sampler, the queue and the ledgers.

pub(crate) mod registry;
mod scopes;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::context::Context;
use crate::export::queue::Queue;
use crate::record::finished::Finished;
use crate::record::ledger::{Count, Ledger, Totals};
use crate::record::local::Local;
use crate::sampling::Sampler;
use crate::switch;

pub(crate) use scopes::Scopes;

/// One pipeline: the program's, or one of a test.
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(crate) id: u32,
    sampler: Sampler,
    pub(crate) scopes: Scopes,
    /// Where spans go, for log lines.
    pub(crate) exporter: String,
    pub(crate) queue: Queue,
    enabled: AtomicBool,
    closed: AtomicBool,
    /// The worker's exports keep failing: no new trace is recorded.
    paused: AtomicBool,
    /// Counts of code that has no thread state to count on.
    pub(crate) shared: Ledger,
    /// Counts of the worker.
    pub(crate) worker: Ledger,
    threads: Mutex<Threads>,
}

/// The ledgers of threads; those of ended threads are summed up, so that short threads leave nothing behind.
#[derive(Debug, Default)]
struct Threads {
    live: Vec<Arc<Local>>,
    retired: Totals,
}

impl Pipeline {
    pub(super) fn new(
        id: u32,
        sampler: Sampler,
        scopes: Scopes,
        exporter: &str,
        queue: Queue,
    ) -> Self {
        Self {
            id,
            sampler,
            scopes,
            exporter: exporter.to_owned(),
            queue,
            enabled: AtomicBool::new(false),
            closed: AtomicBool::new(false),
            paused: AtomicBool::new(false),
            shared: Ledger::default(),
            worker: Ledger::default(),
            threads: Mutex::default(),
        }
    }

    /// Switches recording on or off; a closed pipeline stays off. Returns the resulting state.
    pub(crate) fn set_enabled(&self, enabled: bool) -> bool {
        self.switch(enabled);
        // A close between the question and the switch must win.
        if enabled && self.is_closed() {
            self.switch(false);
        }
        self.is_enabled()
    }

    fn switch(&self, enabled: bool) {
        match (self.enabled.swap(enabled, Ordering::SeqCst), enabled) {
            (false, true) => switch::add(),
            (true, false) => switch::remove(),
            _ => {}
        }
    }

    pub(crate) fn is_enabled(&self) -> bool {
        self.enabled.load(Ordering::Relaxed)
    }

    /// Ends recording for good.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.switch(false);
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    /// Stops the recording of new traces, or lets it go on; the worker's circuit breaker does.
    pub(crate) fn set_paused(&self, paused: bool) {
        self.paused.store(paused, Ordering::Relaxed);
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.paused.load(Ordering::Relaxed)
    }

    /// Why a span that starts or ends now is not recorded, if so.
    pub(crate) fn refusal(&self) -> Option<Count> {
        match (self.is_enabled(), self.is_closed()) {
            (true, _) => None,
            (false, true) => Some(Count::Shutdown),
            (false, false) => Some(Count::Disabled),
        }
    }

    /// The sampler's decision for a span under `parent`.
    pub(crate) fn samples(&self, parent: &Context) -> bool {
        self.sampler.samples(parent)
    }

    pub(crate) fn attach(&self, local: Arc<Local>) {
        self.threads().live.push(local);
    }

    /// Folds the ledger of a thread that ends into the sum.
    pub(crate) fn detach(&self, local: &Arc<Local>) {
        let mut threads = self.threads();
        threads.live.retain(|live| !Arc::ptr_eq(live, local));
        threads.retired.add(&std::iter::once(&local.ledger));
    }

    /// Takes the finished spans of all threads, of those that sleep too.
    pub(crate) fn take_buffers(&self) -> Vec<Finished> {
        let live: Vec<Arc<Local>> = self.threads().live.clone();
        live.iter().flat_map(|local| local.take()).collect()
    }

    /// Ends a span whose thread is ending: straight into the queue.
    pub(crate) fn finish_without_thread(&self, span: Finished) {
        self.shared.count_shared(Count::Closed, 1);
        if let Some(reason) = self.refusal() {
            self.shared.count_shared(reason, 1);
            return;
        }
        self.shared.count_shared(Count::Queued, 1);
        if let Err((reason, refused)) = self.queue.offer(vec![span]) {
            self.shared.count_shared(Count::Settled, refused);
            self.shared.count_shared(reason, refused);
        }
    }

    /// All ledgers, summed up.
    pub(crate) fn totals(&self) -> Totals {
        let threads = self.threads();
        let mut totals = threads.retired;
        let ledgers = threads.live.iter().map(|local| &local.ledger);
        totals.add(&ledgers.chain([&self.shared, &self.worker]));
        totals
    }

    fn threads(&self) -> MutexGuard<'_, Threads> {
        // Nothing panics while it holds this lock; a poisoned one still holds whole values.
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pipeline {
    fn drop(&mut self) {
        self.close();
    }
}
