//! What ties the caller's side to the worker's: the switch, the sampler, the queue and the ledgers.

pub(crate) mod ages;
pub(crate) mod ledger;
pub(crate) mod local;
pub(crate) mod queue;
pub(crate) mod registry;
mod scopes;
pub(crate) mod shown;
mod threads;
mod unsent;
mod waiting;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::fork;
use crate::identity::Context;
use crate::record::chunk::{Chunk, Spares};
use crate::record::clock::{self, Tick};
use crate::record::span_codec;
use crate::sampling::{Admission, Sampler, Verdict};
use crate::switch;

use ages::Ages;
use ledger::{Count, Ledger, Totals};
use local::Local;
use queue::{Drain, Handed, Queue};
use threads::Threads;

pub(crate) use scopes::Scopes;
pub(crate) use unsent::Unsent;

/// One pipeline: the program's, or one of a test.
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(crate) id: u32,
    sampler: Sampler,
    /// What the overhead budget has room for.
    pub(crate) admission: Admission,
    pub(crate) scopes: Scopes,
    /// Where spans go, for log lines.
    pub(crate) exporter: String,
    pub(crate) queue: Queue,
    /// Chunks to be written again.
    pub(crate) spares: Spares,
    enabled: AtomicBool,
    closed: AtomicBool,
    /// The worker's exports keep failing: no new trace is recorded.
    paused: AtomicBool,
    /// Counts of code that has no thread state to count on.
    pub(crate) shared: Ledger,
    /// The ages of spans that ended where there is no thread state.
    ages: Ages,
    /// Counts of the worker.
    pub(crate) worker: Ledger,
    /// Spans that the worker holds: taken, and not accounted for yet.
    pub(crate) in_hand: AtomicU64,
    /// Of these, those that the exporters have at the moment.
    pub(crate) in_flight: AtomicU64,
    threads: Threads,
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
            admission: Admission::default(),
            scopes,
            exporter: exporter.to_owned(),
            queue,
            spares: Spares::default(),
            enabled: AtomicBool::new(false),
            closed: AtomicBool::new(false),
            paused: AtomicBool::new(false),
            shared: Ledger::default(),
            ages: Ages::default(),
            worker: Ledger::default(),
            in_hand: AtomicU64::new(0),
            in_flight: AtomicU64::new(0),
            threads: Threads::default(),
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
        if self.is_enabled() {
            None
        } else if self.is_closed() {
            Some(Count::Shutdown)
        } else {
            Some(Count::Disabled)
        }
    }

    /// The sampler's decision for the span `name` under `parent`.
    pub(crate) fn decide(&self, parent: &Context, name: &str) -> Verdict {
        self.sampler.decide(parent, name, self.admission.share())
    }

    pub(crate) fn attach(&self, local: Arc<Local>) {
        self.threads.came(local);
    }

    pub(crate) fn detach(&self, local: &Arc<Local>) {
        self.threads.went(Arc::clone(local));
    }

    /// Takes the finished spans of all threads, of those that sleep too, and gives them away thread by thread.
    pub(crate) fn take_buffers(&self, mut give: impl FnMut(&[AtomicU64])) {
        for local in self.threads.live() {
            local.chunks_here(|chunk| give(chunk.take()));
        }
    }

    /// Ends a span whose thread is ending: straight into the queue. `held_since` is the start of one that a future held.
    pub(crate) fn finish_without_thread(&self, chunk: Arc<Chunk>, held_since: Option<Tick>) {
        self.shared.count_shared(Count::Closed, 1);
        if let Some(start) = held_since {
            self.ages.count_shared(start, -1);
        }
        if let Some(reason) = self.refusal() {
            self.shared.count_shared(reason, 1);
            return;
        }
        if let Err((reason, _)) = self.offer(Handed { chunk, spans: 1 }) {
            self.shared.count_shared(reason, 1);
        }
    }

    /// Hands a chunk to the worker, or gives it back and says why.
    pub(crate) fn offer(&self, handed: Handed) -> Result<(), (Count, Handed)> {
        let wakes = self.queue.offer(handed)?;
        if self.queue.has_ended() {
            self.drop_left();
        } else if wakes {
            self.wake();
        }
        Ok(())
    }

    /// The worker has ended: what lies anywhere is dropped, and what comes later is dropped by who brings it.
    pub(crate) fn end(&self, drain: &Drain) {
        drain.end();
        self.drop_all();
    }

    fn drop_all(&self) {
        self.drop_left();
        for local in self.threads.live() {
            local.chunks(|chunk| self.drop_untaken(&chunk));
        }
    }

    fn drop_left(&self) {
        while let Some(handed) = self.queue.next_left() {
            self.drop_untaken(&handed.chunk);
        }
    }

    fn drop_untaken(&self, chunk: &Chunk) {
        let lost = span_codec::count(chunk.take());
        self.shared.count_shared(Count::Shutdown, lost);
    }

    /// Finished spans, counted where they lie. Exact where nothing moves.
    pub(crate) fn unsent(&self) -> Unsent {
        let live = &self.threads.list().live;
        let in_chunks = live.iter().map(|local| local.untaken()).sum();
        Unsent {
            in_chunks,
            queued: self.queue.waiting() as u64,
            in_hand: self.in_hand.load(Ordering::Acquire),
            in_flight: self.in_flight.load(Ordering::Acquire),
        }
    }

    /// Wakes the worker; where a fork has left it behind, recording ends.
    fn wake(&self) {
        if fork::happened() {
            self.close();
        } else {
            self.queue.wake();
        }
    }

    /// All ledgers, summed up.
    pub(crate) fn totals(&self) -> Totals {
        if self.queue.has_ended() {
            // A span that ended in the moment of the worker's last look may have been written where that look did not see
            // it: no fence orders the two, because each span would pay for it.
            self.drop_all();
        }
        let threads = self.threads.list();
        let mut totals = threads.retired;
        let ledgers = threads.live.iter().map(|local| &local.ledger);
        totals.add(&ledgers.chain([&self.shared, &self.worker]));
        totals
    }

    /// How long the oldest open span has been open, at least.
    pub(crate) fn oldest_open(&self) -> Option<Duration> {
        let now = clock::now();
        let threads = self.threads.list();
        let mut ages = threads.retired_ages;
        ages.add(&self.ages);
        let locals = threads.live.iter();
        locals
            .clone()
            .filter_map(|local| local.suspended())
            .for_each(|of_thread| ages.add(of_thread));
        let on_stacks = locals.filter_map(|local| local.oldest()).min();
        let oldest = on_stacks.into_iter().chain(ages.oldest(now)).min()?;
        Some(oldest.until(now))
    }
}

#[cfg(test)]
impl Pipeline {
    pub(crate) fn pending(&self) -> u64 {
        self.unsent().pending()
    }

    /// Does some work while the list of threads is read.
    pub(crate) fn while_threads_are_listed<R>(&self, work: impl FnOnce() -> R) -> R {
        let _held = self.threads.list();
        work()
    }

    pub(crate) fn locals(&self) -> Vec<Arc<Local>> {
        self.threads.live()
    }
}

impl Drop for Pipeline {
    fn drop(&mut self) {
        self.close();
    }
}
