//! The worker thread: takes what callers have finished, batches it, exports it, and survives its exporters.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::breaker::Breaker;
use super::control::Control;
use super::firewall::Firewall;
use super::queue::Drain;
use super::sink::{ErrorClass, Sink};
use crate::config::{Batch, Privacy};
use crate::deadline::deadline;
use crate::logging;
use crate::pipeline::Pipeline;
use crate::record::finished::Finished;
use crate::record::ledger::Count;
use crate::record::thread;

/// Builds the sink on the worker's own thread, where its runtime lives.
pub(crate) type MakeSink = Box<dyn FnOnce() -> Result<Box<dyn Sink>, String> + Send>;

/// How long `init_tracing` waits to hear whether the exporter could be built.
const BUILD_DEADLINE: Duration = Duration::from_secs(1);

/// Starts the worker and waits, at most a second, to hear whether its sink could be built.
pub(crate) fn start(
    pipeline: &Arc<Pipeline>,
    drain: Drain,
    batch: Batch,
    privacy: Privacy,
    make_sink: MakeSink,
) -> Result<Arc<Control>, String> {
    let control = Arc::new(Control::default());
    let (pipeline, its_control) = (Arc::clone(pipeline), Arc::clone(&control));
    std::thread::Builder::new()
        .name("observed-worker".to_owned())
        .spawn(move || {
            let firewall = Firewall {
                privacy: &privacy,
                ledger: &pipeline.worker,
                findings: &its_control.findings,
            };
            run(&pipeline, &drain, batch, &its_control, &firewall, make_sink);
        })
        .map_err(|error| format!("the worker thread could not be started: {}", error.kind()))?;
    let built = control
        .wait_until(deadline(BUILD_DEADLINE), |state| state.built.is_some())
        .built
        .clone();
    if let Some(built) = built {
        return built.map(|()| control);
    }
    // Should it be built after all, there is nobody left to serve.
    control.update(|state| state.stop = true);
    Err("the exporter could not be built within a second".to_owned())
}

fn run(
    pipeline: &Pipeline,
    drain: &Drain,
    batch: Batch,
    control: &Control,
    firewall: &Firewall<'_>,
    make_sink: MakeSink,
) {
    // Telemetry about telemetry: whatever an exporter calls on this thread is not recorded.
    thread::suppress();
    let _ = drain.worker.set(std::thread::current());
    let _stopped = SayStopped(control);
    let made = catch_unwind(AssertUnwindSafe(make_sink))
        .unwrap_or_else(|_| Err("the exporter panicked while it was built".to_owned()));
    match made {
        Ok(sink) => {
            control.update(|state| state.built = Some(Ok(())));
            let mut guarded = Guarded {
                firewall,
                sink,
                breaker: Breaker::new(),
            };
            serve(pipeline, drain, batch, control, &mut guarded);
            let _ = catch_unwind(AssertUnwindSafe(move || drop(guarded)));
        }
        Err(reason) => control.update(|state| state.built = Some(Err(reason))),
    }
}

/// The sink behind the firewall: there is no other way to it.
struct Guarded<'a> {
    firewall: &'a Firewall<'a>,
    sink: Box<dyn Sink>,
    breaker: Breaker,
}

impl Guarded<'_> {
    /// Exports what may leave; a panic on the way is a failed export, and then nothing has left.
    fn export(&mut self, mut batch: Vec<Finished>) -> Result<(), ErrorClass> {
        let export = || {
            for span in &mut batch {
                self.firewall.pass(span);
            }
            self.sink.export(batch)
        };
        catch_unwind(AssertUnwindSafe(export)).unwrap_or(Err(ErrorClass::Panic))
    }
}

/// Says that the worker has ended, by whatever way.
struct SayStopped<'a>(&'a Control);

impl Drop for SayStopped<'_> {
    fn drop(&mut self) {
        self.0.update(|state| state.stopped = true);
    }
}

fn serve(
    pipeline: &Pipeline,
    drain: &Drain,
    batch: Batch,
    control: &Control,
    sink: &mut Guarded<'_>,
) {
    loop {
        let asked = sleep(drain, batch, control, sink.breaker.until());
        sink.breaker.tick(Instant::now());
        pipeline.set_paused(sink.breaker.is_open());
        let (mut spans, mut left) = snapshot(|| pipeline.take_buffers(), drain);
        while left > 0
            && let Some(chunk) = drain.next()
        {
            left = left.saturating_sub(chunk.len());
            spans.extend(chunk);
            if spans.len() >= batch.max_export {
                export(pipeline, batch, control, sink, &mut spans);
            }
        }
        export(pipeline, batch, control, sink, &mut spans);
        if asked.flushes > control.lock().flushes_done {
            let _ = catch_unwind(AssertUnwindSafe(|| sink.sink.flush()));
            control.update(|state| state.flushes_done = asked.flushes);
        }
        if asked.stop && drain.waiting() == 0 {
            let _ = catch_unwind(AssertUnwindSafe(|| sink.sink.shutdown()));
            return;
        }
    }
}

/// The spans in the threads' buffers, and how many wait in the queue: what is there now, and not what arrives meanwhile,
/// because under load that would never end. The buffers come first: what a thread hands over in between is then in the
/// queue, and not in neither.
fn snapshot(take_buffers: impl FnOnce() -> Vec<Finished>, drain: &Drain) -> (Vec<Finished>, usize) {
    let spans = take_buffers();
    (spans, drain.waiting())
}

/// What was asked for at one moment.
struct Asked {
    flushes: u64,
    stop: bool,
}

/// Sleeps until something was asked for, a batch is full, the delay has passed, or the breaker wants to probe.
fn sleep(drain: &Drain, batch: Batch, control: &Control, until: Option<Instant>) -> Asked {
    let deadline = until.map_or(deadline(batch.delay), |until| {
        until.min(deadline(batch.delay))
    });
    loop {
        let state = control.lock();
        let asked = Asked {
            flushes: state.flushes_asked,
            stop: state.stop,
        };
        let wanted = asked.stop || state.flushes_asked > state.flushes_done;
        drop(state);
        let left = deadline.saturating_duration_since(Instant::now());
        if wanted || left.is_zero() || drain.waiting() >= batch.max_export {
            return asked;
        }
        std::thread::park_timeout(left);
    }
}

/// Exports all of `spans` in batches and accounts for each.
fn export(
    pipeline: &Pipeline,
    batch: Batch,
    control: &Control,
    sink: &mut Guarded<'_>,
    spans: &mut Vec<Finished>,
) {
    while !spans.is_empty() {
        let rest = spans.split_off(spans.len().min(batch.max_export));
        let batch = std::mem::replace(spans, rest);
        let count = batch.len() as u64;
        let result = sink.export(batch);
        pipeline.worker.count(Count::Settled, count);
        match result {
            Ok(()) => pipeline.worker.count(Count::Exported, count),
            Err(_) => pipeline.worker.count(Count::ExportFailed, count),
        }
        sink.breaker.note(result.is_ok(), Instant::now());
        pipeline.set_paused(sink.breaker.is_open());
        note(control, &pipeline.exporter, result);
    }
}

/// Notes how an export ended, and logs when loss begins and when it ends.
fn note(control: &Control, exporter: &str, result: Result<(), ErrorClass>) {
    let mut changed = false;
    control.update(|state| {
        changed = state.failing != result.is_err();
        state.failing = result.is_err();
        state.last_error = result.err().or(state.last_error);
    });
    if !changed {
        return;
    }
    logging::quietly(|| match result {
        Ok(()) => log::info!("tracing: spans reach {exporter} again"),
        Err(class) => log::warn!(
            "tracing: spans are being lost on the way to {exporter}: {}",
            class.as_str()
        ),
    });
}

#[cfg(test)]
mod tests;
