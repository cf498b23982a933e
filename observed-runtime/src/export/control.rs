//! How others speak to the worker: flushes, its end, what it last said.

use std::collections::BTreeMap;
#[cfg(feature = "otlp")]
use std::future::{Future, poll_fn};
use std::net::SocketAddr;
#[cfg(feature = "otlp")]
use std::pin::pin;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
#[cfg(feature = "otlp")]
use std::task::Poll;
use std::time::Instant;

use super::failure::{Failure, FailureClass};
use super::firewall::Findings;
use crate::pipeline::Pipeline;
use crate::status::WorkerState;

/// How others speak to the worker.
#[derive(Debug, Default)]
pub(crate) struct Control {
    state: Mutex<State>,
    changed: Condvar,
    /// For what waits in a try of a request, or between two of them.
    #[cfg(feature = "otlp")]
    told_to_stop: tokio::sync::Notify,
    /// What the firewall found.
    pub(crate) findings: Findings,
    /// Where the page is served, once it is.
    page: OnceLock<SocketAddr>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    /// How many flushes were asked for, and how many of them are done.
    pub(super) flushes_asked: u64,
    pub(super) flushes_done: u64,
    /// Until when the worker is to have ended, once it was told to.
    pub(super) stop_by: Option<Instant>,
    pub(super) stopped: bool,
    /// What of the sink is being built.
    pub(super) building: &'static str,
    /// What became of building the sink, once that is known.
    pub(super) built: Option<Result<(), String>>,
    pub(super) last_failure: Option<Failure>,
    /// Spans that failed exports lost, by class.
    pub(super) lost: BTreeMap<&'static str, u64>,
    /// The last export failed.
    pub(super) failing: bool,
}

impl State {
    pub(super) fn count_lost(&mut self, class: FailureClass, spans: u64) {
        if spans > 0 {
            *self.lost.entry(class.as_str()).or_default() += spans;
        }
    }
}

impl Control {
    /// Asks for a flush and waits for it until `deadline`; false when it was not done by then.
    pub(crate) fn flush(&self, pipeline: &Pipeline, deadline: Instant) -> bool {
        let mut ticket = 0;
        self.update(|state| {
            state.flushes_asked += 1;
            ticket = state.flushes_asked;
        });
        pipeline.queue.wake();
        self.wait_until(deadline, |state| {
            state.flushes_done >= ticket || state.stopped
        })
        .flushes_done
            >= ticket
    }

    /// Asks the worker to have ended by `deadline` and waits for it until `patience`; false when it had not ended by then.
    pub(crate) fn stop(&self, pipeline: &Pipeline, deadline: Instant, patience: Instant) -> bool {
        self.tell_to_stop(deadline);
        pipeline.queue.wake();
        self.wait_until(patience, |state| state.stopped).stopped
    }

    /// Tells the worker to have ended by `deadline`; of two deadlines the later one counts.
    pub(super) fn tell_to_stop(&self, deadline: Instant) {
        self.update(|state| state.stop_by = state.stop_by.max(Some(deadline)));
        #[cfg(feature = "otlp")]
        self.told_to_stop.notify_waiters();
    }

    /// What the worker does, as far as its last export tells.
    pub(crate) fn worker_state(&self, paused: bool) -> WorkerState {
        let state = self.lock();
        match (state.stopped, paused, state.failing) {
            (true, ..) => WorkerState::NotRunning,
            (false, true, _) => WorkerState::Paused,
            (false, false, true) => WorkerState::Failing,
            (false, false, false) => WorkerState::Exporting,
        }
    }

    /// Notes what is being built, for who waits for it in vain.
    #[cfg(feature = "otlp")]
    pub(crate) fn note_building(&self, what: &'static str) {
        self.update(|state| state.building = what);
    }

    /// Notes where the page is served.
    #[cfg(feature = "viewer")]
    pub(crate) fn note_page(&self, address: SocketAddr) {
        let _ = self.page.set(address);
    }

    /// Where the page is served, where it is.
    pub(crate) fn page(&self) -> Option<SocketAddr> {
        self.page.get().copied()
    }

    /// Why the last failed export failed.
    pub(crate) fn last_failure(&self) -> Option<Failure> {
        self.lock().last_failure
    }

    /// Spans that failed exports lost, by class.
    pub(crate) fn lost(&self) -> BTreeMap<&'static str, u64> {
        self.lock().lost.clone()
    }

    /// Waits between two tries of a request; false where the worker is to stop, at once.
    #[cfg(feature = "otlp")]
    pub(super) async fn pause_unless_stopped(&self, pause: std::time::Duration) -> bool {
        // Made before the question, so that a stop in between is heard.
        let told = self.told_to_stop.notified();
        if self.lock().stop_by.is_some() {
            return false;
        }
        tokio::time::timeout(pause, told).await.is_err()
    }

    /// Runs a future to its end; none where the worker was told to stop and its deadline passes first.
    #[cfg(feature = "otlp")]
    pub(super) async fn unless_given_up<F: Future>(&self, work: F) -> Option<F::Output> {
        let (mut work, mut given_up) = (pin!(work), pin!(self.given_up()));
        poll_fn(|task| match given_up.as_mut().poll(task) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => work.as_mut().poll(task).map(Some),
        })
        .await
    }

    #[cfg(feature = "otlp")]
    async fn given_up(&self) {
        loop {
            // Made before the question, so that a stop in between is heard.
            let told = self.told_to_stop.notified();
            let stop_by = self.lock().stop_by;
            match stop_by {
                None => told.await,
                Some(deadline) if deadline <= Instant::now() => return,
                Some(deadline) => tokio::time::sleep_until(deadline.into()).await,
            }
        }
    }

    /// True once the worker was told to stop and its deadline has passed.
    #[cfg(feature = "otlp")]
    pub(super) fn is_given_up(&self) -> bool {
        let stop_by = self.lock().stop_by;
        stop_by.is_some_and(|deadline| deadline <= Instant::now())
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds this lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn update(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    pub(super) fn wait_until(
        &self,
        deadline: Instant,
        done: impl Fn(&State) -> bool,
    ) -> MutexGuard<'_, State> {
        let mut state = self.lock();
        while !done(&state) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            state = self
                .changed
                .wait_timeout(state, left)
                .map_or_else(|poisoned| poisoned.into_inner().0, |(state, _)| state);
        }
        state
    }
}
