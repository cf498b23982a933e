//! The worker thread: takes what callers have finished, batches it, exports it, and survives its exporters.

mod guarded;
mod housekeeping;
mod restart;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use guarded::Guarded;
use housekeeping::Housekeeping;

use super::control::{Control, State};
use super::failure::FailureClass;
use super::firewall::{Findings, Firewall};
use super::report::Report;
use super::reviewed::Reviewed;
use super::sink::Sink;
use super::tail_sampling::Keeper;
use crate::config::{Batch, Locked, Privacy};
use crate::deadline::deadline;
use crate::logging;
use crate::panics::swallowing;
use crate::pipeline::Pipeline;
use crate::pipeline::ledger::{Count, Ledger};
use crate::pipeline::queue::Drain;
use crate::record;
use crate::record::records::Records;
use crate::sampling::Keep;
use crate::thread;

/// Builds the sink on the worker's own thread, where its runtime lives.
pub(crate) type MakeSink = Box<dyn FnOnce(&Arc<Control>) -> Result<Box<dyn Sink>, String> + Send>;

/// How long the start waits to hear whether the exporters could be built: bounded, and long enough for a file system of the
/// network and for the program `hostname`.
const BUILD_DEADLINE: Duration = Duration::from_secs(5);

/// What the worker is to do.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) batch: Batch,
    pub(crate) privacy: Privacy,
    pub(crate) lock: Locked,
    pub(crate) keep: Option<Keep>,
    /// Percent of the process's CPU time.
    pub(crate) budget: Option<f64>,
}

/// Starts the worker and waits, at most five seconds, to hear whether its sink could be built.
pub(crate) fn start(
    pipeline: &Arc<Pipeline>,
    drain: Drain,
    plan: Plan,
    make_sink: MakeSink,
) -> Result<Arc<Control>, String> {
    let limits = &plan.privacy.limits;
    record::limits::raise(limits.events, limits.links);
    let control = Arc::new(Control::default());
    control.update(|state| state.building = "the exporter");
    let (pipeline, its_control) = (Arc::clone(pipeline), Arc::clone(&control));
    std::thread::Builder::new()
        .name("observed-worker".to_owned())
        .spawn(move || run(&pipeline, &drain, &its_control, &plan, make_sink))
        .map_err(|error| format!("the worker thread could not be started: {}", error.kind()))?;
    let state = control.wait_until(deadline(BUILD_DEADLINE), |state| state.built.is_some());
    let (built, building) = (state.built.clone(), state.building);
    drop(state);
    if let Some(built) = built {
        return built.map(|()| control);
    }
    // Should it be built after all, there is nobody left to serve.
    control.tell_to_stop(Instant::now());
    Err(format!(
        "{building} could not be built within {} seconds",
        BUILD_DEADLINE.as_secs()
    ))
}

fn run(
    pipeline: &Pipeline,
    drain: &Drain,
    control: &Arc<Control>,
    plan: &Plan,
    make_sink: MakeSink,
) {
    // Telemetry about telemetry: whatever an exporter calls on this thread is not recorded.
    thread::suppress();
    drain.serve_here();
    let _stopped = SayStopped(control);
    let made = swallowing(|| make_sink(control))
        .unwrap_or_else(|| Err("the exporter panicked while it was built".to_owned()));
    match made {
        Ok(sink) => {
            control.update(|state| state.built = Some(Ok(())));
            let firewall = Firewall::new(&plan.privacy, &pipeline.worker, &control.findings);
            let (uncounted, unsaid) = (Ledger::default(), Findings::silent());
            let silent = Firewall::new(&plan.privacy, &uncounted, &unsaid);
            let mut worker = Worker {
                pipeline,
                drain,
                control,
                batch: plan.batch,
                sink: Guarded::new(&firewall, &silent, sink),
                reviewed: Reviewed::new(&plan.lock, &pipeline.worker, &control.findings),
                keeper: plan
                    .keep
                    .map(|keep| Keeper::new(keep, plan.batch.max_queue)),
                housekeeping: Housekeeping::new(plan.budget),
                records: Records::default(),
                in_hand: 0,
            };
            restart::persist(control, || worker.serve());
            // Where panics ended it nobody else does.
            worker.put_down();
            worker.give_up();
            swallowing(move || drop(worker));
        }
        Err(reason) => control.update(|state| state.built = Some(Err(reason))),
    }
    pipeline.end(drain);
}

/// Says that the worker has ended, by whatever way.
struct SayStopped<'a>(&'a Control);

impl Drop for SayStopped<'_> {
    fn drop(&mut self) {
        self.0.update(|state| state.stopped = true);
    }
}

/// The worker's state.
struct Worker<'a> {
    pipeline: &'a Pipeline,
    drain: &'a Drain,
    control: &'a Control,
    batch: Batch,
    sink: Guarded<'a>,
    /// What the lock says; none where nobody asks.
    reviewed: Option<Reviewed<'a>>,
    keeper: Option<Keeper>,
    housekeeping: Housekeeping,
    /// What is taken; kept for its memory.
    records: Records,
    /// Spans that were taken and not accounted for yet; not none where a panic broke the work off.
    in_hand: u64,
}

impl Worker<'_> {
    /// Works until it is told to stop.
    fn serve(&mut self) {
        self.put_down();
        loop {
            let asked = self.sleep();
            self.sink.breaker.tick(Instant::now());
            self.pipeline.set_paused(self.sink.breaker.is_open());
            self.housekeeping.run(self.pipeline, Instant::now());
            for warning in self.pipeline.scopes.tell() {
                logging::line!(warn, "tracing: {warning}");
            }
            self.take_and_export();
            if asked.flushes > self.control.lock().flushes_done {
                self.sink.flush();
                self.control
                    .update(|state| state.flushes_done = asked.flushes);
            }
            if asked.stop && self.drain.waiting() == 0 {
                self.give_up();
                self.sink.shutdown();
                return;
            }
        }
    }

    /// Accounts for what was in hand when a panic broke the work off.
    fn put_down(&mut self) {
        self.show_in_flight(0);
        let lost = |state: &mut State| state.count_lost(FailureClass::Panic, self.in_hand);
        self.control.update(lost);
        self.settle(Count::ExportFailed, self.in_hand);
    }

    /// Nothing of the traces that wait for their root will be kept any more.
    fn give_up(&mut self) {
        let given_up = self.keeper.as_mut().map_or(0, Keeper::give_up);
        self.count_discarded(given_up);
    }

    /// Takes what has ended so far, and exports what of it is to leave. What is in hand is a batch, and what one chunk adds to
    /// it, however many threads there are.
    fn take_and_export(&mut self) {
        let (pipeline, drain) = (self.pipeline, self.drain);
        let mut records = std::mem::take(&mut self.records);
        let take_buffers = || {
            pipeline.take_buffers(|taken| {
                records.copy(taken);
                if self.export_if_full(&mut records) {
                    // What threads hand over meanwhile has room again.
                    self.take_queued(&mut records, self.batch.max_export);
                }
            });
        };
        let left = snapshot(take_buffers, drain);
        self.take_queued(&mut records, left);
        self.export(&mut records);
        self.records = records;
    }

    /// Takes so many spans out of the queue, if they are there, and exports each batch that they fill.
    fn take_queued(&mut self, records: &mut Records, spans: usize) {
        let mut left = spans;
        while left > 0
            && let Some(handed) = self.drain.next()
        {
            left = left.saturating_sub(handed.spans);
            records.copy(handed.chunk.take());
            self.pipeline.spares.put(handed.chunk);
            self.export_if_full(records);
        }
    }

    /// Shows what is in hand now, and exports it where it fills a batch.
    fn export_if_full(&mut self, records: &mut Records) -> bool {
        self.hold(records.len());
        let is_full = records.len() >= self.batch.max_export;
        if is_full {
            self.export(records);
        }
        is_full
    }

    /// Exports of `records` what was reviewed, in batches, and accounts for each.
    fn export(&mut self, records: &mut Records) {
        if let Some(reviewed) = &mut self.reviewed {
            reviewed.pass(records);
        }
        if let Some(keeper) = &mut self.keeper {
            let discarded = keeper.sift(records, Instant::now());
            // What waits for its root is the keeper's, and pending.
            self.hold(records.len());
            self.count_discarded(discarded);
        }
        for part in records.parts(self.batch.max_export) {
            let handed_over = part.spans as u64;
            self.hand_over(handed_over);
            let report = self.sink.export(part);
            self.show_in_flight(0);
            let settled = report.settled(handed_over);
            self.settle(Count::Exported, settled.delivered);
            self.settle(Count::ExportFailed, settled.failed);
            self.settle(Count::Rejected, settled.rejected);
            self.settle(Count::TooLarge, settled.too_large);
            self.sink.breaker.note(settled.failed == 0, Instant::now());
            self.pipeline.set_paused(self.sink.breaker.is_open());
            note(
                self.control,
                &self.pipeline.exporter,
                report,
                settled.failed,
            );
        }
        records.clear();
    }

    /// So many spans are in hand now, beside those that wait for their root.
    fn hold(&mut self, spans: usize) {
        self.in_hand = spans as u64;
        self.show_hand();
    }

    /// Counts what the exporters are given, before they have it.
    fn hand_over(&self, spans: u64) {
        self.pipeline.worker.count(Count::HandedOver, spans);
        self.show_in_flight(spans);
    }

    fn show_in_flight(&self, spans: u64) {
        self.pipeline.in_flight.store(spans, Ordering::Release);
    }

    /// Accounts for spans that were in hand.
    fn settle(&mut self, what: Count, spans: u64) {
        self.in_hand = self.in_hand.saturating_sub(spans);
        self.pipeline.worker.count(what, spans);
        self.show_hand();
    }

    fn count_discarded(&mut self, spans: u64) {
        self.pipeline.worker.count(Count::Discarded, spans);
        self.show_hand();
    }

    fn show_hand(&self) {
        let waiting = self.keeper.as_ref().map_or(0, Keeper::waiting);
        let in_hand = self.in_hand + waiting as u64;
        self.pipeline.in_hand.store(in_hand, Ordering::Release);
    }

    /// Sleeps until something was asked for, a batch is full, the delay has passed, the breaker wants to probe, or the
    /// house is to be kept.
    fn sleep(&self) -> Asked {
        let wakes = [self.sink.breaker.until(), self.housekeeping.due()];
        let deadline = wakes
            .into_iter()
            .flatten()
            .fold(deadline(self.batch.delay), Instant::min);
        loop {
            let state = self.control.lock();
            let asked = Asked {
                flushes: state.flushes_asked,
                stop: state.stop_by.is_some(),
            };
            let wanted = asked.stop || state.flushes_asked > state.flushes_done;
            drop(state);
            let left = deadline.saturating_duration_since(Instant::now());
            if wanted || left.is_zero() || self.drain.waiting() >= self.batch.max_export {
                return asked;
            }
            std::thread::park_timeout(left);
        }
    }
}

/// What was asked for at one moment.
struct Asked {
    flushes: u64,
    stop: bool,
}

/// Takes what is in the threads' chunks, and says how many spans wait in the queue: what is there now, and not what
/// arrives meanwhile, because under load that would never end. The chunks come first: what a thread hands over in between
/// is then in the queue, and not in neither.
fn snapshot(take_buffers: impl FnOnce(), drain: &Drain) -> usize {
    take_buffers();
    drain.waiting()
}

/// Notes how an export ended, and logs when loss begins and when it ends.
fn note(control: &Control, exporter: &str, report: Report, lost: u64) {
    // Nobody waits for this, so nobody is woken: who waits for a flush would be, with every batch.
    let mut state = control.lock();
    let changed = state.failing != report.failure.is_some();
    state.failing = report.failure.is_some();
    state.last_failure = report.failure.or(state.last_failure);
    if let Some(failure) = report.failure {
        state.count_lost(failure.class, lost);
    }
    drop(state);
    if !changed {
        return;
    }
    match report.failure {
        None => logging::line!(info, "tracing: spans reach {exporter} again"),
        Some(failure) => logging::line!(
            warn,
            "tracing: spans are being lost on the way to {exporter}: {failure}"
        ),
    }
}

#[cfg(test)]
mod tests;
