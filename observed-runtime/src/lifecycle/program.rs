//! The program's own tracing: one configuration, and the pipeline that runs from it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use super::builder::Builder;
use super::exporters::{exporter_shown, exporter_type, make_sink};
use super::{before, lines};
use crate::bridge;
use crate::config::{Refused, Settings};
use crate::deadline::deadline;
use crate::export::control::Control;
use crate::export::worker::{self, MakeSink, Plan};
use crate::fork;
use crate::logging;
use crate::panics::swallowing;
use crate::pipeline::queue;
use crate::pipeline::{Pipeline, Scopes, registry};
use crate::propagates;
use crate::status::Accounting;
use crate::thread;

/// How long the drop of the last handle may take.
const DROP_DEADLINE: Duration = Duration::from_secs(2);

static PROGRAM: Mutex<Slot> = Mutex::new(Slot {
    program: None,
    handle: Weak::new(),
});

/// The program's tracing, and the handle that keeps it alive. Questions hold the first and never the second: the last
/// handle ends tracing on the thread that drops it.
#[derive(Debug)]
struct Slot {
    program: Option<Arc<Program>>,
    handle: Weak<Handle>,
}

/// Shared by all handles; ends tracing when the last of them is dropped.
#[derive(Debug)]
pub(super) struct Handle(pub(super) Arc<Program>);

impl Drop for Handle {
    fn drop(&mut self) {
        if fork::happened() {
            return;
        }
        self.0.shutdown(DROP_DEADLINE);
        let mut slot = lock(&PROGRAM);
        if slot
            .program
            .as_ref()
            .is_some_and(|program| Arc::ptr_eq(program, &self.0))
        {
            slot.program = None;
        }
    }
}

/// What `init_tracing` made.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) settings: Result<Settings, Refused>,
    pub(super) service_name: String,
    /// How the exporters were chosen, for the status.
    pub(super) exporter: String,
    pub(super) exporter_type: &'static str,
    pub(super) stage: Mutex<Stage>,
    /// The last word on whether to record; it counts once the start is done.
    wanted: AtomicBool,
}

/// The life of the pipeline.
pub(super) enum Stage {
    /// Not started: switched off so far.
    Ready(MakeSink),
    /// The exporter is being built.
    Starting,
    Running(Running),
    Failed(String),
    /// Shut down; the account of a worker that missed its deadline goes on until it has ended too.
    Ended(Option<Running>),
}

#[derive(Debug)]
pub(super) struct Running {
    pub(super) pipeline: Arc<Pipeline>,
    pub(super) control: Arc<Control>,
}

/// Where there are none, clocks and process numbers may panic when they are read, too.
const HAS_THREADS: bool = !cfg!(target_family = "wasm");

impl Program {
    /// A handle of the program's tracing, made from `builder` unless there is one already.
    pub(super) fn init(builder: Builder) -> Arc<Handle> {
        fork::settle();
        if fork::happened() {
            // Beside the slot, whose lock may be held by a thread that is not here.
            let refused = Refused::all("this process was forked after tracing was initialised");
            return Arc::new(Handle(Arc::new(Self::new(builder, Err(refused)))));
        }
        let settings = if HAS_THREADS {
            Settings::read(&builder.source, &builder.service_name)
        } else {
            Err(Refused::all("there are no threads on this platform"))
        };
        let program = Arc::new(Self::new(builder, settings));
        let mut slot = lock(&PROGRAM);
        if let Some(handle) = slot.handle.upgrade() {
            drop(slot);
            let settings = program.settings.clone();
            discard(program);
            if !handle.0.is_set_as(&settings) {
                logging::line!(
                    warn,
                    "tracing: initialised again with other settings; the first ones stay"
                );
            }
            return handle;
        }
        let handle = Arc::new(Handle(Arc::clone(&program)));
        *slot = Slot {
            program: Some(Arc::clone(&program)),
            handle: Arc::downgrade(&handle),
        };
        drop(slot);
        let settings = program.settings.as_ref();
        propagates::set(settings.map_or(true, |settings| settings.propagates));
        if program
            .settings
            .as_ref()
            .is_ok_and(|settings| settings.enabled)
        {
            program.set_enabled(true);
        }
        program.log_start();
        handle
    }

    fn new(builder: Builder, settings: Result<Settings, Refused>) -> Self {
        let service_name = match &settings {
            Ok(settings) => settings.service_name.clone(),
            Err(_) => builder.service_name.clone(),
        };
        let (exporter, exporter_type, stage) = match &settings {
            Ok(settings) => (
                exporter_shown(settings, &builder),
                exporter_type(settings, &builder),
                Stage::Ready(make_sink(settings.clone(), builder)),
            ),
            Err(refused) => {
                discard(builder);
                (String::new(), "none", Stage::Failed(refused.reason.clone()))
            }
        };
        Self {
            settings,
            service_name,
            exporter,
            exporter_type,
            stage: Mutex::new(stage),
            wanted: AtomicBool::new(false),
        }
    }

    /// The program's tracing, while a handle lives; a child of a fork has none.
    pub(super) fn current() -> Option<Arc<Self>> {
        if fork::happened() {
            return None;
        }
        lock(&PROGRAM).program.clone()
    }

    pub(super) fn is_enabled(&self) -> bool {
        matches!(&*lock(&self.stage), Stage::Running(running) if running.pipeline.is_enabled())
    }

    /// Switches recording; the first time on, the worker is started.
    pub(super) fn set_enabled(&self, enabled: bool) -> bool {
        self.wanted.store(enabled, Ordering::SeqCst);
        if enabled
            && let Ok(settings) = &self.settings
            && !settings.sdk_disabled
            && let Some(make_sink) = self.take_sink()
        {
            // Without the lock: an exporter that is being built may ask for the status.
            let started = start(settings, &self.exporter, make_sink);
            self.put(started);
        }
        match &*lock(&self.stage) {
            Stage::Running(running) => running
                .pipeline
                .set_enabled(self.wanted.load(Ordering::SeqCst)),
            _ => false,
        }
    }

    /// Notes what became of the start, unless tracing was shut down meanwhile.
    fn put(&self, started: Result<Running, String>) {
        let mut stage = lock(&self.stage);
        match (&*stage, started) {
            (Stage::Starting, Ok(running)) => {
                registry::set_global(running.pipeline.id);
                *stage = Stage::Running(running);
            }
            (Stage::Starting, Err(reason)) => *stage = Stage::Failed(reason),
            (_, Ok(running)) => {
                drop(stage);
                running.pipeline.close();
                let now = deadline(Duration::ZERO);
                running.control.stop(&running.pipeline, now, now);
            }
            (_, Err(_)) => {}
        }
    }

    fn take_sink(&self) -> Option<MakeSink> {
        let mut stage = lock(&self.stage);
        if !matches!(&*stage, Stage::Ready(_)) {
            return None;
        }
        match std::mem::replace(&mut *stage, Stage::Starting) {
            Stage::Ready(make_sink) => Some(make_sink),
            _ => None,
        }
    }

    /// Switches a scope; false where nothing runs that it could be switched in.
    pub(super) fn set_scope(&self, scope: &str, enabled: bool) -> bool {
        let Some((pipeline, _)) = self.running() else {
            return false;
        };
        pipeline.scopes.switch(scope, enabled);
        enabled
    }

    pub(super) fn flush(&self, within: Duration) -> bool {
        let Some((pipeline, control)) = self.running() else {
            return true;
        };
        if thread::is_suppressed() {
            // An exporter asks; it would wait for itself.
            return false;
        }
        control.flush(&pipeline, deadline(within))
    }

    /// Ends recording, flushes, stops the worker; returns how many spans were lost with it: those still open, those that
    /// did not leave in time, and those that were dropped meanwhile.
    pub(super) fn shutdown(&self, within: Duration) -> u64 {
        if fork::happened() {
            return 0;
        }
        let waits = if thread::is_suppressed() {
            Duration::ZERO
        } else {
            within
        };
        let Some((pipeline, control)) = self.running() else {
            let mut stage = lock(&self.stage);
            if matches!(&*stage, Stage::Ready(_) | Stage::Starting) {
                let before = std::mem::replace(&mut *stage, Stage::Ended(None));
                drop(stage);
                discard(before);
            }
            return 0;
        };
        let before = Accounting::of(&pipeline);
        pipeline.close();
        registry::unset_global(pipeline.id);
        let stopped = control.stop(&pipeline, deadline(within), deadline(waits));
        let after = Accounting::of(&pipeline);
        before::remember(&control.findings);
        *lock(&self.stage) = Stage::Ended(Some(Running { pipeline, control }));
        let lost = after.open + after.pending + after.dropped.total() - before.dropped.total();
        lines::log_end(&after, stopped);
        lost
    }

    /// True where `other` would have made the same of the program.
    fn is_set_as(&self, other: &Result<Settings, Refused>) -> bool {
        match (&self.settings, other) {
            (Ok(own), Ok(other)) => own.do_as(other),
            (Err(own), Err(other)) => own.reason == other.reason,
            _ => false,
        }
    }

    pub(super) fn is_sdk_disabled(&self) -> bool {
        let settings = self.settings.as_ref();
        settings.is_ok_and(|settings| settings.sdk_disabled)
    }

    fn running(&self) -> Option<(Arc<Pipeline>, Arc<Control>)> {
        match &*lock(&self.stage) {
            Stage::Running(running) => {
                Some((Arc::clone(&running.pipeline), Arc::clone(&running.control)))
            }
            _ => None,
        }
    }
}

fn start(settings: &Settings, exporter: &str, make_sink: MakeSink) -> Result<Running, String> {
    let (queue, drain) = queue::bounded(settings.batch.max_queue, settings.batch.max_export);
    let pipeline = registry::create(
        settings.sampler.clone(),
        Scopes::set(settings.scopes.clone()),
        exporter,
        queue,
    );
    bridge::set_attaching(settings.attaches);
    let plan = Plan {
        batch: settings.batch,
        privacy: settings.privacy.clone(),
        lock: settings.lock.clone(),
        keep: settings.sampler.keep(),
        budget: settings.budget,
    };
    let control = worker::start(&pipeline, drain, plan, make_sink)?;
    Ok(Running { pipeline, control })
}

/// Drops what holds exporters that were never built: their destructors are the user's, and run under no lock of ours.
fn discard<T>(unbuilt: T) {
    swallowing(move || drop(unbuilt));
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing of the user's runs under these locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Stage::Ready(_) => "Ready",
            Stage::Starting => "Starting",
            Stage::Running(_) => "Running",
            Stage::Failed(_) => "Failed",
            Stage::Ended(_) => "Ended",
        })
    }
}

#[cfg(test)]
mod tests;
